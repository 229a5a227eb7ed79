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
    private final PlatformRuns platformRuns;
    private final LoggedModels loggedModels;
    private final RegisteredModels registeredModels;
    private final ArtifactFiles artifacts;
    private final MultipartUploads uploads;

    private Tracking(Path folder, Jdbi jdbi, Ids ids, InstantSource clock, PlatformModels platform) {
        this.committer = new Committer(jdbi);
        this.readers = new Readers(jdbi);
        this.experiments = new Experiments(committer, readers, clock);
        this.runs = new Runs(committer, readers, ids, clock);
        this.platformRuns = new PlatformRuns(committer, experiments, runs);
        this.loggedModels = new LoggedModels(committer, readers, ids, clock);
        this.registeredModels = new RegisteredModels(committer, readers, clock, platform);
        this.artifacts = new ArtifactFiles(folder, ids);
        this.uploads = new MultipartUploads(artifacts, ids, clock);
    }

    /**
     * @param folder existing, tracking's own
     * @param platform the models that the platform itself keeps
     */
    public static Tracking open(Path folder, Ids ids, InstantSource clock, PlatformModels platform) {
        Jdbi jdbi = MetadataDatabase.open(folder.resolve(DATABASE)).migrated("tracking");
        Tracking tracking = new Tracking(folder, jdbi, ids, clock, platform);
        tracking.experiments.ensureDefault();
        return tracking;
    }

    public Experiments experiments() {
        return experiments;
    }

    public Runs runs() {
        return runs;
    }

    public PlatformRuns platformRuns() {
        return platformRuns;
    }

    public LoggedModels loggedModels() {
        return loggedModels;
    }

    public RegisteredModels registeredModels() {
        return registeredModels;
    }

    public ArtifactFiles artifacts() {
        return artifacts;
    }

    public MultipartUploads uploads() {
        return uploads;
    }

    @Override
    public void close() {
        committer.close();
        readers.close();
    }
}
