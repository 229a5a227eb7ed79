package io.dougong.learn;

import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStream;
import io.dougong.features.FeatureView;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a model's features come from: some are fields of the asking row, the others are read from views.
 *
 * @param columns in the model's order; then, if rows are weighed by a field that is no feature, that field
 * @param features how many of the columns are features
 * @param fieldPlaces per column its place in the asking row, or -1 if it comes from a view
 * @param query the features of views, in the model's order
 */
record FeaturePlan(List<Column> columns, int features, int[] fieldPlaces, FeatureQuery query) {

    private static final String WHOLE_VIEW = ".*";

    static FeaturePlan of(TrainingRequest request) {
        Schema asking = request.stream(request.model().stream()).schema();
        List<String> names = request.model().features();
        Set<String> views = names.stream()
                .filter(name -> !asking.has(name) && name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
        FeatureDefinitions definitions = definitions(request, views);
        List<Column> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (String name : names) {
            if (asking.has(name)) {
                columns.add(new Column(name, asking.field(name).type() == FieldType.STRING));
                places.add(asking.place(name));
            } else {
                for (String feature : known(name, definitions, asking)) {
                    columns.add(new Column(feature, false));
                    places.add(-1);
                    wanted.add(feature);
                }
            }
        }
        checkDistinct(columns);
        int features = columns.size();
        Weighting.Reweighing reweigh = request.model().weighting().reweigh();
        if (reweigh != null) {
            columns.add(new Column(reweigh.by(), asking.field(reweigh.by()).type() == FieldType.STRING));
            places.add(asking.place(reweigh.by()));
        }
        return new FeaturePlan(
                columns,
                features,
                places.stream().mapToInt(Integer::intValue).toArray(),
                definitions.query(wanted, asking));
    }

    private static FeatureDefinitions definitions(TrainingRequest request, Set<String> used) {
        List<FeatureView> views = request.views().stream()
                .filter(view -> used.contains(view.name()))
                .toList();
        Map<String, FeatureStream> streams = new TreeMap<>();
        views.forEach(
                view -> streams.put(view.stream(), request.stream(view.stream()).fields()));
        return FeatureDefinitions.of(views, streams);
    }

    private static List<String> known(String name, FeatureDefinitions definitions, Schema asking) {
        boolean whole = name.endsWith(WHOLE_VIEW)
                && definitions.views().stream().anyMatch(view -> name.equals(view.name() + WHOLE_VIEW));
        if (!whole && !definitions.has(name)) {
            List<String> all = new ArrayList<>(asking.names());
            all.addAll(definitions.names());
            throw LearnProblem.unknownFeature(name, all);
        }
        return definitions.expand(List.of(name));
    }

    private static void checkDistinct(List<Column> columns) {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name())) {
                throw LearnProblem.repeatedFeature(column.name());
            }
        }
    }

    /** Streams whose events the views count. */
    Set<String> streams() {
        return query.definitions().views().stream()
                .map(FeatureView::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
