package io.dougong.node;

import io.dougong.features.FeatureStore;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Offsets;
import io.dougong.models.AdaptiveConformal;
import io.dougong.serving.Endpoint;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an application must find again after a restart, all of one moment: monitors, thresholds, features, written in this order, so that
 * for the features a crash leaves behind the rest is there. Used by the pipeline's thread only.
 */
final class Checkpointing implements Pipeline.Checkpoints {

    private final int everyEvents;
    private final FeatureStore features;
    private final Map<String, Endpoint> endpoints;
    private final PipelineCounts counts;
    private final ThresholdFile thresholds;
    private final MonitorFile monitors;
    private int sinceLast;

    Checkpointing(
            String application,
            Rooms rooms,
            FeatureStore features,
            Map<String, Endpoint> endpoints,
            PipelineCounts counts) {
        this.everyEvents = rooms.settings().featureCheckpointEvents();
        this.features = features;
        this.endpoints = endpoints;
        this.counts = counts;
        this.thresholds = new ThresholdFile(rooms.home().room("serving").resolve(application + "-thresholds.json"));
        this.monitors = new MonitorFile(rooms.home().room("serving").resolve(application + "-monitors"));
    }

    /** What belongs to the features as they are stored. */
    ThresholdFile.Generation kept() {
        return thresholds.at(features.applied());
    }

    Monitoring.@Nullable Kept keptMonitors(Offsets decided) {
        return monitors.at(decided);
    }

    @Override
    public void applied(int events) {
        sinceLast += events;
    }

    @Override
    public void settle(Monitoring monitoring) {
        if (sinceLast >= everyEvents) {
            write(monitoring);
        }
    }

    /** Whatever of it the disk refuses, the last one stays whole, and it can be called again. */
    void write(Monitoring monitoring) {
        Map<String, Map<Digest, AdaptiveConformal.State>> states = new TreeMap<>();
        endpoints.forEach((name, endpoint) -> states.put(name, endpoint.thresholds()));
        Offsets decided = counts.handled();
        monitors.write(decided, monitoring.kept());
        thresholds.write(features.applied(), decided, states);
        features.checkpoint();
        sinceLast = 0;
    }
}
