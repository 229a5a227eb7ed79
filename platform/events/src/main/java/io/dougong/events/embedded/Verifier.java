package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads every record back and checks it, its id and the order of sequences; finds the extent of each damage. */
final class Verifier {

    private static final int CHUNK = 512;

    private final StoreGate gate;
    private final Catalog catalog;
    private final LogReader reader;
    private final List<VerifyReport.Damage> damages = new ArrayList<>();
    private long events;

    Verifier(StoreGate gate, Catalog catalog, LogReader reader) {
        this.gate = gate;
        this.catalog = catalog;
        this.reader = reader;
    }

    VerifyReport run() {
        for (StreamState stream : catalog.all()) {
            for (PartitionState partition : stream.partitions) {
                partition(stream, partition);
            }
        }
        return new VerifyReport(events, damages, blocks());
    }

    private List<String> blocks() {
        try {
            gate.read("a block", store -> {
                store.verifyBlocks();
                return true;
            });
            return List.of();
        } catch (EventProblem.Corrupt damaged) {
            return List.of(damaged.getMessage());
        }
    }

    private void partition(StreamState stream, PartitionState partition) {
        long end = partition.end();
        long sequence = 0;
        long offset = partition.start();
        while (offset < end) {
            int max = (int) Math.min(CHUNK, end - offset);
            try {
                for (Stored stored : reader.read(partition, offset, max)) {
                    check(stream, stored, sequence);
                    sequence = stored.sequence();
                    offset = stored.position().offset() + 1;
                    events++;
                }
            } catch (EventProblem.Corrupt damaged) {
                offset = skip(partition, offset, max, end, damaged);
            }
        }
    }

    private void check(StreamState stream, Stored stored, long before) {
        String where = stored.position().toString();
        if (stored.sequence() <= before) {
            throw EventProblem.corrupt(where, "its sequence does not follow the one before", null);
        }
        Optional<Position> byId = reader.place(stream, stored.event().id());
        if (!byId.equals(Optional.of(stored.position()))) {
            throw EventProblem.corrupt(where, "its id does not lead back to it", null);
        }
    }

    /** One damaged record in a chunk hides the rest of it, so the chunk is gone through record by record. */
    private long skip(PartitionState partition, long from, int max, long end, EventProblem.Corrupt damaged) {
        long bad = firstUnreadable(partition, from, Math.min(end, from + max));
        long until = bad + 1;
        while (until < end && !readable(partition, until)) {
            until++;
        }
        events += bad - from;
        damages.add(new VerifyReport.Damage(partition.name, bad, until, damaged.getMessage()));
        return until;
    }

    private long firstUnreadable(PartitionState partition, long from, long until) {
        for (long offset = from; offset < until; offset++) {
            if (!readable(partition, offset)) {
                return offset;
            }
        }
        return from;
    }

    private boolean readable(PartitionState partition, long offset) {
        try {
            reader.record(partition, offset);
            return true;
        } catch (EventProblem.Corrupt damaged) {
            return false;
        }
    }
}
