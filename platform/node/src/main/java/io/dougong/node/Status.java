package io.dougong.node;

import io.dougong.events.StreamInfo;
import java.util.List;
import java.util.Map;

/**
 * How the node is.
 *
 * @param failures why something has stopped; empty if all is well
 */
public record Status(List<OfApplication> applications, List<StreamInfo> streams, List<String> failures) {

    /**
     * @param lag events that wait to be decided
     * @param lagByStream the same for each stream, by its full name
     * @param lakeLag events that wait to be taken into the lake
     * @param openDecisions decisions that wait for their label
     */
    public record OfApplication(
            String application,
            String version,
            PipelineCounts.Snapshot pipeline,
            long lag,
            Map<String, Long> lagByStream,
            long lakeLag,
            long openDecisions,
            List<String> failures) {}

    static OfApplication of(RunningApplication application) {
        return new OfApplication(
                application.application().name(),
                application.application().version().hex(),
                application.counts().snapshot(),
                application.lag(),
                application.lagByStream(),
                application.lakeLag(),
                application.pending().size(),
                application.failures());
    }

    public boolean well() {
        return failures.isEmpty()
                && applications.stream()
                        .allMatch(application -> application.failures().isEmpty());
    }
}
