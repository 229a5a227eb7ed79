package io.dougong.lake.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.Snapshot;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * Commits that carry offsets. Each snapshot's summary holds the offsets after it and before it.
 *
 * <p>Why an append happens once: Iceberg swaps the table's metadata in the catalog only if it is still the metadata that the
 * commit was built on, and builds it anew, on what it finds, if it is not. Each time it builds, the offsets of the snapshot that
 * it builds on are compared with those the writer started from. So the snapshot that is swapped in follows directly on one
 * with exactly these offsets; as every append moves the offsets, the same append can never follow itself.
 */
final class Commits {

    static final String OFFSETS = "dougong.offsets";
    static final String BEFORE = "dougong.offsets-before";

    private static final TypeReference<Map<String, Long>> NEXT = new TypeReference<>() {};

    private Commits() {}

    /** @throws LakeProblem.OffsetsMoved if the table does not stand at {@code from} */
    static void commit(Table table, String name, SnapshotUpdate<?> update, Offsets from, Offsets to) {
        update.set(OFFSETS, Json.text(to.asText()));
        update.set(BEFORE, Json.text(from.asText()));
        update.validateWith(ancestors -> {
            Iterator<org.apache.iceberg.Snapshot> newestFirst = ancestors.iterator();
            Offsets committed = offsets(newestFirst.hasNext() ? newestFirst.next() : null);
            if (!committed.equals(from)) {
                throw LakeProblem.offsetsMoved(name, from, committed);
            }
            return true;
        });
        try {
            update.commit();
        } catch (CommitStateUnknownException unknown) {
            throw LakeProblem.commitUnknown(name, unknown);
        } catch (CommitFailedException _) {
            throw LakeProblem.changedMeanwhile(name, "the commit");
        }
        table.refresh();
    }

    static Offsets offsets(org.apache.iceberg.@Nullable Snapshot snapshot) {
        return snapshot == null ? Offsets.NONE : offsets(snapshot.summary(), OFFSETS);
    }

    static Offsets before(org.apache.iceberg.Snapshot snapshot) {
        return offsets(snapshot.summary(), BEFORE);
    }

    private static Offsets offsets(Map<String, String> summary, String property) {
        String json = summary.get(property);
        if (json == null) {
            return Offsets.NONE;
        }
        try {
            return Offsets.parse(Json.mapper().readValue(json, NEXT));
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    static Snapshot snapshot(org.apache.iceberg.Snapshot snapshot) {
        return new Snapshot(
                snapshot.snapshotId(),
                snapshot.sequenceNumber(),
                snapshot.timestampMillis() * 1000,
                snapshot.operation(),
                offsets(snapshot),
                count(snapshot, "total-records"),
                count(snapshot, "total-data-files"));
    }

    static long bytes(org.apache.iceberg.Snapshot snapshot) {
        return count(snapshot, "total-files-size");
    }

    private static long count(org.apache.iceberg.Snapshot snapshot, String what) {
        return Long.parseLong(snapshot.summary().getOrDefault(what, "0"));
    }
}
