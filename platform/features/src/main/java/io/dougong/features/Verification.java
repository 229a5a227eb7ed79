package io.dougong.features;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Computes recorded values again from the log, by offsets, and compares them bit for bit.
 *
 * <p>The offset vectors of one store form a chain, as one thread applies all events; but records of concurrent readers may be
 * written a little out of order. The sum of a vector's offsets rises along the chain, so a queue of some thousand records sorted by
 * it restores the order. How partitions are interleaved between two vectors does not matter, see {@link FeatureOperator}.
 */
public final class Verification {

    private static final int REORDERED = 4096;
    private static final int EXAMPLES = 20;

    /** Reads a partition of the log. */
    @FunctionalInterface
    public interface Log {
        /** All events of the partition that are kept, in order of their offsets. */
        Iterator<FeatureEvent> events(StreamPartition partition);
    }

    private final FeatureQuery query;
    private final Log log;
    private final FeatureOperator operator;
    private final Map<StreamPartition, LookAhead> partitions = new HashMap<>();
    private final List<VerifyReport.Mismatch> examples = new ArrayList<>();
    private Offsets seen = Offsets.NONE;
    private long checked;
    private long mismatched;
    private long skipped;

    private Verification(FeatureQuery query, Log log) {
        this.query = query;
        this.log = log;
        this.operator = new FeatureOperator(query.definitions());
    }

    /** @param records about in the order of their offsets */
    public static VerifyReport verify(FeatureQuery query, Iterator<Recorded> records, Log log) {
        return new Verification(query, log).run(records);
    }

    private VerifyReport run(Iterator<Recorded> records) {
        PriorityQueue<Recorded> waiting = new PriorityQueue<>(Comparator.comparingLong(Verification::progress));
        while (records.hasNext()) {
            waiting.add(records.next());
            if (waiting.size() > REORDERED) {
                check(waiting.remove());
            }
        }
        while (!waiting.isEmpty()) {
            check(waiting.remove());
        }
        return new VerifyReport(checked, mismatched, skipped, examples);
    }

    private static long progress(Recorded recorded) {
        return recorded.read().next().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void check(Recorded recorded) {
        if (!recorded.read().covers(seen)) {
            skipped++;
            return;
        }
        recorded.read().next().forEach(this::feed);
        seen = recorded.read();
        checked++;
        compare(recorded, operator.read(query, recorded.asking(), recorded.atMicros()));
    }

    private void feed(StreamPartition partition, long upTo) {
        LookAhead events = partitions.computeIfAbsent(partition, p -> new LookAhead(log.events(p)));
        while (events.hasNextBelow(upTo)) {
            FeatureEvent event = events.next();
            operator.apply(event.stream(), event.partition(), event.offset(), event.timeMicros(), event.row());
        }
    }

    private void compare(Recorded recorded, FeatureVector vector) {
        boolean differs = false;
        for (int i = 0; i < query.size(); i++) {
            double expected = recorded.values().get(i);
            double got = vector.value(i);
            if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(got)) {
                differs = true;
                if (examples.size() < EXAMPLES) {
                    examples.add(new VerifyReport.Mismatch(
                            recorded.id(), query.names().get(i), expected, got));
                }
            }
        }
        mismatched += differs ? 1 : 0;
    }
}
