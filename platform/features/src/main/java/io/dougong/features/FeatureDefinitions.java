package io.dougong.features;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Suggest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Views compiled over their streams: the names of all features, and queries for them. Immutable. */
public final class FeatureDefinitions {

    public static final FeatureDefinitions NONE = of(List.of(), Map.of());

    /** One feature: an aggregate of a view over a window. */
    record Feature(String name, int view, Aggregate aggregate, Duration window) {}

    private final SortedMap<String, FeatureStream> streams;
    private final List<ViewPlan> plans;
    private final Map<String, Feature> features = new LinkedHashMap<>();
    private final Digest version;

    private FeatureDefinitions(List<FeatureView> views, Map<String, FeatureStream> streams) {
        this.streams = new TreeMap<>(streams);
        this.plans = views.stream().map(this::plan).toList();
        for (int i = 0; i < plans.size(); i++) {
            index(i, plans.get(i).view());
        }
        StringBuilder text = new StringBuilder();
        plans.forEach(plan -> text.append(plan.view().name())
                .append(' ')
                .append(plan.version())
                .append('\n'));
        this.version = Digest.of(text.toString());
    }

    /** @param streams at least the streams of the views, by name */
    public static FeatureDefinitions of(List<FeatureView> views, Map<String, FeatureStream> streams) {
        return new FeatureDefinitions(views, streams);
    }

    private ViewPlan plan(FeatureView view) {
        FeatureStream stream = streams.get(view.stream());
        if (stream == null) {
            throw FeatureProblem.bad(
                    "Feature view '" + view.name() + "' is about stream '" + view.stream() + "', which is not known.",
                    Suggest.near(view.stream(), streams.keySet()));
        }
        return new ViewPlan(view, stream);
    }

    private void index(int place, FeatureView view) {
        for (Aggregate aggregate : view.aggregates()) {
            for (Duration window : view.windows()) {
                String name = view.featureName(aggregate, window);
                if (features.put(name, new Feature(name, place, aggregate, window)) != null) {
                    throw FeatureProblem.bad("The feature '" + name + "' is defined twice.", "Rename a view.");
                }
            }
        }
    }

    public List<FeatureView> views() {
        return plans.stream().map(ViewPlan::view).toList();
    }

    public SortedMap<String, FeatureStream> streams() {
        return Collections.unmodifiableSortedMap(streams);
    }

    /** All features, view by view, aggregate by aggregate, window by window. */
    public List<String> names() {
        return List.copyOf(features.keySet());
    }

    /** Digest of everything that decides the values: equal digests, equal values for equal events. */
    public Digest version() {
        return version;
    }

    public boolean has(String feature) {
        return features.containsKey(Windows.canonical(feature));
    }

    /**
     * Feature names as {@link #names} writes them, {@code view.*} replaced by all features of the view. Windows may be written in
     * any unit: {@code x.count_1d} is {@code x.count_24h}.
     */
    public List<String> expand(List<String> wanted) {
        List<String> expanded = new ArrayList<>();
        for (String name : wanted) {
            if (name.endsWith(".*")) {
                expanded.addAll(
                        view(name.substring(0, name.length() - 2), name).view().featureNames());
            } else {
                expanded.add(feature(name).name());
            }
        }
        return List.copyOf(expanded);
    }

    /** A query whose asking rows name the entity as the views' streams do. */
    public FeatureQuery query(List<String> wanted, Schema asking) {
        return query(wanted, asking, Map.of());
    }

    /**
     * Compiles a query.
     *
     * @param wanted features in the order of the values, {@code view.*} allowed
     * @param asking schema of the rows that ask
     * @param entityFields entity field of the views to field of the asking row, where their names differ
     */
    public FeatureQuery query(List<String> wanted, Schema asking, Map<String, String> entityFields) {
        List<Feature> resolved = expand(wanted).stream().map(this::feature).toList();
        return FeatureQuery.compile(this, resolved, asking, entityFields);
    }

    Feature feature(String name) {
        Feature feature = features.get(Windows.canonical(name));
        if (feature == null) {
            throw FeatureProblem.unknown(name, features.keySet());
        }
        return feature;
    }

    List<Feature> features() {
        return List.copyOf(features.values());
    }

    List<ViewPlan> plans() {
        return plans;
    }

    private ViewPlan view(String name, String shown) {
        ViewPlan found = viewOrNull(name);
        if (found == null) {
            throw FeatureProblem.unknown(
                    shown, plans.stream().map(plan -> plan.view().name() + ".*").toList());
        }
        return found;
    }

    @Nullable
    ViewPlan viewOrNull(String name) {
        return plans.stream()
                .filter(plan -> plan.view().name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
