package io.dougong.features;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Aggregates over windows of one stream, per entity; each pair of aggregate and window is a feature named
 * {@code <view>.<aggregate>_<field>_<window>}, e.g. {@code origin_arrivals.mean_delay_3h} or {@code origin_arrivals.count_1h}.
 *
 * @param stream the stream whose events are counted
 * @param entity fields (also derived ones) of the stream that make up the key; empty for one entity over all events
 * @param windows whole minutes each; what a window covers is told at {@link FeatureOperator}
 * @param ttl how long an entity without events is remembered; {@link Duration#ZERO} for as long as its windows need
 * @param where only events that fulfil it are counted
 */
public record FeatureView(
        String name,
        String stream,
        List<String> entity,
        List<Duration> windows,
        List<Aggregate> aggregates,
        Duration ttl,
        Optional<Condition> where) {

    /** The longest window there may be. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(400);

    public FeatureView {
        entity = List.copyOf(entity);
        windows = List.copyOf(windows);
        aggregates = List.copyOf(aggregates);
        checkWindows(name, windows);
        checkAggregates(name, aggregates);
        checkTtl(name, windows, ttl);
        checkDistinct(name, "entity field", entity);
        checkDistinct(name, "window", windows);
        checkDistinct(name, "aggregate", aggregates);
    }

    /** A view of all events of the stream that remembers entities as long as its windows need. */
    public static FeatureView of(
            String name, String stream, List<String> entity, List<Duration> windows, List<Aggregate> aggregates) {
        return new FeatureView(name, stream, entity, windows, aggregates, Duration.ZERO, Optional.empty());
    }

    /** The features of the view: for each aggregate, each window. */
    public List<String> featureNames() {
        return aggregates.stream()
                .flatMap(aggregate -> windows.stream().map(window -> featureName(aggregate, window)))
                .toList();
    }

    public String featureName(Aggregate aggregate, Duration window) {
        return name + "." + aggregate.label() + "_" + Windows.label(window);
    }

    public Duration longestWindow() {
        return longest(windows);
    }

    private static Duration longest(List<Duration> windows) {
        return windows.stream().max(Duration::compareTo).orElseThrow();
    }

    private static void checkWindows(String name, List<Duration> windows) {
        if (windows.isEmpty()) {
            throw FeatureProblem.bad("Feature view '" + name + "' has no windows.", "Give at least one, e.g. 1h.");
        }
        for (Duration window : windows) {
            if (!Windows.isWhole(window) || window.compareTo(LONGEST_WINDOW) > 0) {
                throw FeatureProblem.bad(
                        "Feature view '" + name + "' has a window of " + window + ".",
                        "Windows are whole minutes, from 1m to " + LONGEST_WINDOW.toDays() + "d.");
            }
        }
    }

    private static void checkAggregates(String name, List<Aggregate> aggregates) {
        if (aggregates.isEmpty()) {
            throw FeatureProblem.bad(
                    "Feature view '" + name + "' has no aggregates.", "Give at least one, e.g. count.");
        }
        for (Aggregate aggregate : aggregates) {
            if (aggregate instanceof Aggregate.Decayed(String field, Duration halfLife) && !Windows.isWhole(halfLife)) {
                throw FeatureProblem.bad(
                        "Feature view '" + name + "' decays '" + field + "' with half-life " + halfLife + ".",
                        "A half-life is whole minutes, at least one.");
            }
        }
    }

    private static void checkTtl(String name, List<Duration> windows, Duration ttl) {
        Duration longest = longest(windows);
        if (!ttl.isZero() && ttl.compareTo(longest) < 0) {
            throw FeatureProblem.bad(
                    "Feature view '" + name + "' forgets entities after " + ttl + ", before its window of " + longest
                            + " has passed.",
                    "Raise ttl to the longest window at least, or leave it out.");
        }
    }

    private static void checkDistinct(String name, String what, List<?> parts) {
        if (new HashSet<>(parts).size() != parts.size()) {
            throw FeatureProblem.bad("Feature view '" + name + "' names a " + what + " twice.", "");
        }
    }
}
