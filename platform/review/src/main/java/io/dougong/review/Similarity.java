package io.dougong.review;

import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Past decisions like this one: Gower's distance over the features, the mean of |a − b| / range for numbers and of equal or not for
 * the rest, features that one of the two misses left out (Gower, A general coefficient of similarity, 1971). Ranges are those of the
 * past decisions given.
 */
public final class Similarity {

    /** @param distance 0 equal in every feature, 1 as different as any */
    public record Neighbour(Decision decision, double distance) {}

    private record Range(double low, double high) {

        Range with(double value) {
            return new Range(Math.min(low, value), Math.max(high, value));
        }

        double width() {
            return high - low;
        }
    }

    private final List<Decision> past;
    private final Map<String, Range> ranges = new HashMap<>();

    public Similarity(List<Decision> past) {
        this.past = List.copyOf(past);
        for (Decision decision : past) {
            for (FeatureValue feature : decision.features()) {
                if (feature.value() instanceof Number number && Double.isFinite(number.doubleValue())) {
                    double value = number.doubleValue();
                    ranges.merge(feature.name(), new Range(value, value), (range, _) -> range.with(value));
                }
            }
        }
    }

    /** The nearest first; of equally near ones the newest. */
    public List<Neighbour> nearest(Decision asked, int most) {
        Map<String, @Nullable Object> values = values(asked);
        List<Neighbour> all = new ArrayList<>();
        for (Decision decision : past) {
            if (!decision.id().equals(asked.id())) {
                all.add(new Neighbour(decision, distance(values, decision)));
            }
        }
        all.sort(Comparator.comparingDouble(Neighbour::distance)
                .thenComparing(neighbour -> -neighbour.decision().decidedMicros()));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    private static Map<String, @Nullable Object> values(Decision decision) {
        Map<String, @Nullable Object> values = new HashMap<>();
        decision.features().forEach(feature -> values.put(feature.name(), feature.value()));
        return values;
    }

    private double distance(Map<String, @Nullable Object> asked, Decision other) {
        double sum = 0;
        int compared = 0;
        for (FeatureValue feature : other.features()) {
            Object mine = asked.get(feature.name());
            Object theirs = feature.value();
            if (mine != null && theirs != null) {
                sum += apart(feature.name(), mine, theirs);
                compared++;
            }
        }
        return compared == 0 ? 1 : sum / compared;
    }

    private double apart(String name, Object a, Object b) {
        Range range = ranges.get(name);
        if (range != null && a instanceof Number one && b instanceof Number other && range.width() > 0) {
            double apart = Math.abs(one.doubleValue() - other.doubleValue()) / range.width();
            return Double.isFinite(apart) ? Math.min(1, apart) : 1;
        }
        return a.equals(b) ? 0 : 1;
    }
}
