package io.dougong.manifest;

import io.dougong.features.Aggregate;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Field;
import io.dougong.kernel.InvalidValue;
import io.dougong.learn.ModelDefinition;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs of a model in order, every {@code view.*} spelled out: what a data set has as columns, and what serving looks up.
 *
 * @param features no two of one name
 */
public record ModelFeatures(List<ModelFeature> features) {

    private static final String ALL = "*";

    public ModelFeatures {
        features = List.copyOf(features);
    }

    /** The inputs of a model of this application, which must be free of mistakes. */
    public static ModelFeatures of(Application application, ModelDefinition model) {
        Columns columns =
                application.stream(model.stream()).map(Columns::of).orElseThrow(() -> dangling(model.stream()));
        return new ModelFeatures(model.features().stream()
                .flatMap(reference -> expand(reference, columns, application))
                .toList());
    }

    public List<String> names() {
        return features.stream().map(ModelFeature::name).toList();
    }

    /** The names of the views that must be asked, each once, in order. */
    public List<String> views() {
        return features.stream()
                .flatMap(feature ->
                        feature instanceof ModelFeature.OfView kept ? Stream.of(kept.view()) : Stream.empty())
                .distinct()
                .toList();
    }

    private static Stream<ModelFeature> expand(String reference, Columns columns, Application application) {
        int dot = reference.indexOf('.');
        if (dot < 0) {
            Field field = columns.find(reference).orElseThrow(() -> dangling(reference));
            return Stream.of(new ModelFeature.OfRow(reference, field.type()));
        }
        FeatureView view = application.view(reference.substring(0, dot)).orElseThrow(() -> dangling(reference));
        return ofView(view, reference.substring(dot + 1));
    }

    /** The features that {@code wanted}, a name or {@code *}, means in this view; none if it is unknown. */
    static Stream<ModelFeature> ofView(FeatureView view, String wanted) {
        String full = view.name() + "." + wanted;
        return view.aggregates().stream()
                .flatMap(aggregate -> view.windows().stream().map(window -> ofView(view, aggregate, window)))
                .filter(feature -> wanted.equals(ALL) || full.equals(feature.name()));
    }

    private static ModelFeature ofView(FeatureView view, Aggregate aggregate, Duration window) {
        return new ModelFeature.OfView(view.featureName(aggregate, window), view.name(), aggregate, window);
    }

    private static InvalidValue dangling(String name) {
        return new InvalidValue(
                "dangling-reference", "The application does not declare '" + name + "'.", "Maybe it was not checked.");
    }
}
