package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.FeatureValue;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStore;
import io.dougong.features.FeatureVector;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import io.dougong.lake.ScanRequest;
import io.dougong.operate.HealingRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the features of every decision from the lake, with the same operator fed up to exactly the offsets that the decision
 * had seen, and compares bit for bit. Decisions are taken in the order of what they had seen; answers given at the same time may
 * stand in the log the other way round, so a window of them is kept sorted.
 */
final class FeatureVerification {

    private static final int READ = 1_000;
    private static final int WINDOW = 5_000;
    private static final int EXAMPLES = 20;

    private final Rooms rooms;
    private final RunningApplication application;
    private final FeatureStore store = new MemoryFeatureStore();
    private final Map<List<String>, FeatureQuery> queries = new HashMap<>();
    private final PriorityQueue<Decision> window =
            new PriorityQueue<>(Comparator.comparingLong(FeatureVerification::seen));
    private final List<FeatureCheck.Mismatch> examples = new ArrayList<>();
    private long decisions;
    private long skipped;
    private long values;
    private long mismatches;

    FeatureVerification(Rooms rooms, RunningApplication application) {
        this.rooms = rooms;
        this.application = application;
    }

    FeatureCheck run() {
        store.define(application.features().definitions());
        try (LakeFeed feed = new LakeFeed(store)) {
            for (NodeStream stream : application.streams()) {
                feed.add(stream, rooms.lake().table(stream.table()), ScanRequest.all());
            }
            for (StreamPartition partition : rooms.decisions().partitions()) {
                verify(partition, feed);
            }
            while (!window.isEmpty()) {
                check(window.remove(), feed);
            }
        }
        return new FeatureCheck(decisions, skipped, values, mismatches, examples);
    }

    private void verify(StreamPartition partition, LakeFeed feed) {
        long offset = 0;
        List<DecisionLog.Entry> entries = rooms.decisions().read(partition, offset, READ);
        while (!entries.isEmpty()) {
            for (DecisionLog.Entry entry : entries) {
                add(entry.decision());
                if (window.size() > WINDOW) {
                    check(window.remove(), feed);
                }
            }
            offset = entries.getLast().offset() + 1;
            entries = rooms.decisions().read(partition, offset, READ);
        }
    }

    private void add(Decision decision) {
        Digest current = store.definitions().version();
        if (!decision.application().equals(application.application().name())
                || HealingRecord.is(decision)
                || !decision.lineage().featuresVersion().equals(current)) {
            skipped++;
        } else {
            window.add(decision);
        }
    }

    private static long seen(Decision decision) {
        return decision.lineage().read().next().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void check(Decision decision, LakeFeed feed) {
        Offsets read = decision.lineage().read();
        feed.feedUpTo(read);
        List<FeatureValue> recorded = decision.features().stream()
                .filter(value -> store.definitions().has(value.name()))
                .toList();
        if (recorded.isEmpty()) {
            return;
        }
        decisions++;
        Row asking = application.stream(application.endpoint(decision.name()).definition().stream())
                .asked(decision.question());
        FeatureVector again =
                store.read(query(recorded, asking), asking, decision.question().askedMicros());
        for (int i = 0; i < recorded.size(); i++) {
            compare(decision, recorded.get(i), again.value(i));
        }
    }

    private FeatureQuery query(List<FeatureValue> recorded, Row asking) {
        return queries.computeIfAbsent(
                recorded.stream().map(FeatureValue::name).toList(),
                names -> store.definitions().query(names, asking.schema()));
    }

    private void compare(Decision decision, FeatureValue recorded, double again) {
        values++;
        @Nullable Object recomputed = Double.isNaN(again) ? null : (Object) again;
        if (!Objects.equals(recorded.value(), recomputed)) {
            mismatches++;
            if (examples.size() < EXAMPLES) {
                examples.add(new FeatureCheck.Mismatch(
                        decision.id(), recorded.name(), String.valueOf(recorded.value()), String.valueOf(recomputed)));
            }
        }
    }
}
