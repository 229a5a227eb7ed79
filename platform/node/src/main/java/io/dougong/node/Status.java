package io.dougong.node;

import io.dougong.events.StreamInfo;
import java.util.List;

/**
 * How the node is.
 *
 * @param failures why something has stopped; empty if all is well
 */
public record Status(List<OfApplication> applications, List<StreamInfo> streams, List<String> failures) {

    /**
     * @param lag events that wait to be decided
     * @param lakeLag events that wait to be taken into the lake
     * @param openDecisions decisions that wait for their label
     */
    public record OfApplication(
            String application,
            String version,
            PipelineCounts.Snapshot pipeline,
            long lag,
            long lakeLag,
            long openDecisions,
            List<String> failures) {}

    static OfApplication of(RunningApplication application) {
        return new OfApplication(
                application.application().name(),
                application.application().version().hex(),
                application.counts().snapshot(),
                application.lag(),
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
