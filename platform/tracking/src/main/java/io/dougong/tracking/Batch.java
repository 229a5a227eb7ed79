package io.dougong.tracking;

import java.util.List;
import java.util.Map;

/** What is noted about a run at once: all of it or, if anything is refused, nothing. */
public record Batch(List<Metric> metrics, List<Map.Entry<String, String>> params, Map<String, String> tags) {

    public Batch {
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        tags = Map.copyOf(tags);
    }

    int size() {
        return metrics.size() + params.size() + tags.size();
    }
}
