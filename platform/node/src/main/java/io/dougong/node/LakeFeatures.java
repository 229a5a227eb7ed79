package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStore;
import io.dougong.features.FeatureStream;
import io.dougong.features.FeatureVector;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import io.dougong.lake.LakeTable;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.Snapshot;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the features of one decision from the first snapshots that cover the offsets it had read; says so if they have
 * expired.
 */
final class LakeFeatures {

    private final Rooms rooms;
    private final Application application;
    private final Map<String, NodeStream> streams = new HashMap<>();

    /** @param application as it was when the decision was made */
    LakeFeatures(Rooms rooms, Application application) {
        this.rooms = rooms;
        this.application = application;
        for (ApplicationStream stream : application.streams()) {
            streams.put(stream.name(), new NodeStream(application.name(), stream, null, rooms.vault()));
        }
    }

    /** The decision's values, those of views computed again. */
    List<FeatureValue> of(Decision decision) {
        Map<String, FeatureStream> compiled = new HashMap<>();
        streams.forEach((name, stream) -> compiled.put(name, stream.featureStream()));
        FeatureDefinitions definitions = FeatureDefinitions.of(application.features(), compiled);
        try (FeatureStore store = new MemoryFeatureStore();
                LakeFeed feed = new LakeFeed(store)) {
            store.define(definitions);
            Offsets read = decision.lineage().read();
            for (NodeStream stream : streams.values()) {
                add(feed, stream, read);
            }
            feed.feedUpTo(read);
            return recomputed(decision, store);
        }
    }

    private void add(LakeFeed feed, NodeStream stream, Offsets read) {
        Offsets own = Offsets.NONE;
        for (Map.Entry<StreamPartition, Long> entry : read.next().entrySet()) {
            if (entry.getKey().stream().equals(stream.name())) {
                own = own.with(
                        new StreamPartition(stream.qualified(), entry.getKey().partition()), entry.getValue());
            }
        }
        if (!own.next().isEmpty()) {
            LakeTable table = rooms.lake().table(stream.table());
            Snapshot snapshot = table.firstCovering(own);
            feed.add(stream, table, ScanRequest.all().at(snapshot.id()));
        }
    }

    private List<FeatureValue> recomputed(Decision decision, FeatureStore store) {
        List<String> names = decision.features().stream()
                .map(FeatureValue::name)
                .filter(store.definitions()::has)
                .toList();
        if (names.isEmpty()) {
            return decision.features();
        }
        NodeStream asked = asked(decision);
        Row asking = asked.asked(decision.question());
        FeatureQuery query = store.definitions().query(names, asking.schema());
        FeatureVector vector = store.read(query, asking, decision.question().askedMicros());
        Map<String, FeatureValue> again = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            double value = vector.value(i);
            @Nullable Object present = Double.isNaN(value) ? null : (Object) value;
            again.put(names.get(i), new FeatureValue(names.get(i), present, vector.ageMicros()[i]));
        }
        return decision.features().stream()
                .map(value -> again.getOrDefault(value.name(), value))
                .toList();
    }

    private NodeStream asked(Decision decision) {
        String stream = application.decision(decision.name()).orElseThrow().stream();
        NodeStream asked = streams.get(stream);
        if (asked == null) {
            throw NodeProblem.unknownPart("stream", stream, application.name(), "");
        }
        return asked;
    }
}
