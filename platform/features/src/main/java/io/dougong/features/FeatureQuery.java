package io.dougong.features;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ordered list of features compiled for rows of one schema that ask; made by {@link FeatureDefinitions#query}. Immutable. */
public final class FeatureQuery {

    private final FeatureDefinitions definitions;
    private final List<String> names;
    private final Schema asking;
    private final List<ViewRead> reads;

    /** What is read of one view. */
    static final class ViewRead {
        private final int view;
        private final int[] keyPlaces;
        private final List<WindowRead> windows;

        ViewRead(int view, int[] keyPlaces, List<WindowRead> windows) {
            this.view = view;
            this.keyPlaces = keyPlaces;
            this.windows = windows;
        }

        int view() {
            return view;
        }

        /** Where the asking row has the entity. */
        int[] keyPlaces() {
            return keyPlaces;
        }

        /** Shortest first. */
        List<WindowRead> windows() {
            return windows;
        }
    }

    record WindowRead(long panes, List<Output> outputs) {}

    /** @param place in the vector */
    record Output(int place, Evaluation evaluation) {}

    private FeatureQuery(FeatureDefinitions definitions, List<String> names, Schema asking, List<ViewRead> reads) {
        this.definitions = definitions;
        this.names = names;
        this.asking = asking;
        this.reads = reads;
    }

    static FeatureQuery compile(
            FeatureDefinitions definitions,
            List<FeatureDefinitions.Feature> features,
            Schema asking,
            Map<String, String> entityFields) {
        Map<Integer, Map<Long, List<Output>>> places = new LinkedHashMap<>();
        for (int i = 0; i < features.size(); i++) {
            FeatureDefinitions.Feature feature = features.get(i);
            ViewPlan plan = definitions.plans().get(feature.view());
            long panes = Windows.panes(feature.window());
            places.computeIfAbsent(feature.view(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(panes, _ -> new ArrayList<>())
                    .add(new Output(i, Evaluation.of(feature.aggregate(), plan, panes)));
        }
        List<ViewRead> reads = places.entrySet().stream()
                .map(entry -> new ViewRead(
                        entry.getKey(),
                        keyPlaces(definitions.plans().get(entry.getKey()), asking, entityFields),
                        windows(entry.getValue())))
                .toList();
        List<String> names =
                features.stream().map(FeatureDefinitions.Feature::name).toList();
        return new FeatureQuery(definitions, names, asking, reads);
    }

    private static List<WindowRead> windows(Map<Long, List<Output>> outputs) {
        return outputs.entrySet().stream()
                .map(entry -> new WindowRead(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparingLong(WindowRead::panes))
                .toList();
    }

    private static int[] keyPlaces(ViewPlan plan, Schema asking, Map<String, String> entityFields) {
        List<String> entity = plan.view().entity();
        int[] places = new int[entity.size()];
        for (int i = 0; i < places.length; i++) {
            String name = entityFields.getOrDefault(entity.get(i), entity.get(i));
            if (!asking.has(name)) {
                throw FeatureProblem.bad(
                        "Feature view '" + plan.view().name() + "' is kept by '" + entity.get(i)
                                + "', but the asking row has no field '" + name + "'.",
                        "Derive the field, or map the entity field to one of the row's.");
            }
            places[i] = asking.place(name);
            checkType(plan, entity.get(i), asking.field(name).type());
        }
        return places;
    }

    private static void checkType(ViewPlan plan, String field, FieldType asked) {
        FieldType kept = plan.schema().field(field).type();
        if (kept != asked) {
            throw FeatureProblem.bad(
                    "Feature view '" + plan.view().name() + "' is kept by '" + field + "' of type " + kept.label()
                            + "; the asking row has it as " + asked.label() + ".",
                    "Both must be of one type to be equal.");
        }
    }

    /** In the order of the values. */
    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    public Schema asking() {
        return asking;
    }

    public FeatureDefinitions definitions() {
        return definitions;
    }

    List<ViewRead> reads() {
        return reads;
    }
}
