package io.dougong.tracking;

import io.dougong.kernel.Ids;
import io.dougong.kernel.MetadataDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Experiments, runs, what was registered from them, and their files, in one folder: a database of its own, so that a flood of
 * figures never stands in the way of definitions, and the files beside it. Every write completes once it is synced; many that come
 * at once share one sync. Calls touch the disk: make them on platform threads.
 */
public final class Tracking implements AutoCloseable {

    /** Name of the database in the folder. */
    public static final String DATABASE = "tracking.db";

    private final Committer committer;
    private final Readers readers;
    private final Experiments experiments;
    private final Runs runs;
    private final ArtifactFiles artifacts;

    private Tracking(Path folder, Jdbi jdbi, Ids ids, InstantSource clock) {
        this.committer = new Committer(jdbi);
        this.readers = new Readers(jdbi);
        this.experiments = new Experiments(committer, readers, clock);
        this.runs = new Runs(committer, readers, ids, clock);
        this.artifacts = new ArtifactFiles(folder, ids);
    }

    /** @param folder existing, tracking's own */
    public static Tracking open(Path folder, Ids ids, InstantSource clock) {
        Jdbi jdbi = MetadataDatabase.open(folder.resolve(DATABASE)).migrated("tracking");
        Tracking tracking = new Tracking(folder, jdbi, ids, clock);
        tracking.experiments.ensureDefault();
        return tracking;
    }

    public Experiments experiments() {
        return experiments;
    }

    public Runs runs() {
        return runs;
    }

    public ArtifactFiles artifacts() {
        return artifacts;
    }

    @Override
    public void close() {
        committer.close();
        readers.close();
    }
}
