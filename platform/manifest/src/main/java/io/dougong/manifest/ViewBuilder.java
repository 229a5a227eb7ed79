package io.dougong.manifest;

import io.dougong.features.Aggregate;
import io.dougong.features.Condition;
import io.dougong.features.FeatureView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes a feature view in code: the stream, windows and aggregates are needed; without {@code by} all events count together. */
public final class ViewBuilder {

    private final String name;
    private String stream = "";
    private List<String> entity = List.of();
    private List<Duration> windows = List.of();
    private List<Aggregate> aggregates = List.of();
    private Duration ttl = Duration.ZERO;
    private Optional<Condition> where = Optional.empty();

    ViewBuilder(String name) {
        this.name = name;
    }

    /** The stream that is summed up. */
    public ViewBuilder of(String stream) {
        this.stream = stream;
        return this;
    }

    /** The fields whose values are summed up apart. */
    public ViewBuilder by(String... entity) {
        this.entity = List.of(entity);
        return this;
    }

    public ViewBuilder over(Duration... windows) {
        this.windows = List.of(windows);
        return this;
    }

    public ViewBuilder computing(Aggregate... aggregates) {
        this.aggregates = List.of(aggregates);
        return this;
    }

    /** How long an entity without events is remembered; as long as the windows need if not called. */
    public ViewBuilder ttl(Duration ttl) {
        this.ttl = ttl;
        return this;
    }

    public ViewBuilder where(Condition condition) {
        this.where = Optional.of(condition);
        return this;
    }

    FeatureView build() {
        return new FeatureView(name, stream, entity, windows, aggregates, ttl, where);
    }
}
