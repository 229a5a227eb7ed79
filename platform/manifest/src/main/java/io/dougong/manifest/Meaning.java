package io.dougong.manifest;

import io.dougong.events.StreamDefinition;
import io.dougong.features.FeatureView;
import io.dougong.features.Transform;
import io.dougong.learn.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a part computes, with everything that it names spelled out: two parts of equal meaning give the same values for the same
 * events, whatever else around them differs. So a view's state survives as long as its meaning, and a model's version likewise.
 */
final class Meaning {

    private final Application application;

    Meaning(Application application) {
        this.application = application;
    }

    /** The definition of a view and of the fields it reads: what its kept state depends on. */
    Object view(FeatureView view) {
        ApplicationStream stream = application.stream(view.stream()).orElseThrow();
        Columns columns = Columns.of(stream);
        Map<String, Object> fields = new TreeMap<>();
        reads(view)
                .forEach(field -> fields.put(
                        field,
                        List.of(
                                column(view.stream(), field),
                                columns.schema().field(field).required())));
        return List.of(ApplicationTree.view(view), fields, stream.definition().lateness());
    }

    /** The definition of a model, without its gates, and of each of its inputs and its label. */
    Object model(ModelDefinition model) {
        Map<String, Object> own = ApplicationTree.model(model);
        own.remove("gates");
        own.remove("features");
        List<Object> inputs = new ArrayList<>();
        ModelFeatures.of(application, model).features().forEach(feature -> inputs.add(input(model, feature)));
        return List.of(
                own,
                inputs,
                column(model.label().stream(), model.label().value()),
                time(model.label().stream()),
                asking(model.stream()));
    }

    private Object input(ModelDefinition model, ModelFeature feature) {
        return switch (feature) {
            case ModelFeature.OfRow row -> List.of(row.name(), column(model.stream(), row.name()));
            case ModelFeature.OfView kept ->
                List.of(
                        kept.name(),
                        application
                                .view(kept.view())
                                .map(view -> viewFeature(model, view, kept))
                                .orElseThrow());
        };
    }

    /** One feature of a view: not its siblings, on which its value does not depend. */
    private Object viewFeature(ModelDefinition model, FeatureView view, ModelFeature.OfView feature) {
        List<Object> meaning =
                new ArrayList<>(List.of(view.stream(), Aggregates.plain(feature.aggregate()), time(view.stream())));
        Aggregates.input(feature.aggregate()).ifPresent(input -> meaning.add(column(view.stream(), input.field())));
        view.where()
                .ifPresent(where ->
                        meaning.add(List.of(ApplicationTree.where(where), column(view.stream(), where.field()))));
        for (String field : view.entity()) {
            meaning.add(List.of(field, column(view.stream(), field), column(model.stream(), field)));
        }
        return meaning;
    }

    private static List<String> reads(FeatureView view) {
        List<String> fields = new ArrayList<>(view.entity());
        view.aggregates()
                .forEach(aggregate ->
                        Aggregates.input(aggregate).map(Aggregates.Input::field).ifPresent(fields::add));
        view.where().ifPresent(where -> fields.add(where.field()));
        return fields;
    }

    /** A sent field by its type, a derived one by its transform and the meaning of what that reads. */
    private Object column(String stream, String field) {
        ApplicationStream from = application.stream(stream).orElseThrow();
        Optional<Object> sent = from.definition().schema().has(field)
                ? Optional.of(from.definition().schema().field(field).type().label())
                : Optional.empty();
        return sent.orElseGet(() -> from.derived().stream()
                .filter(derived -> derived.name().equals(field))
                .findFirst()
                .map(derived -> derived(stream, derived.transform()))
                .orElse(""));
    }

    private Object derived(String stream, Transform transform) {
        List<Object> inputs = new ArrayList<>();
        Transforms.inputs(transform).forEach(input -> inputs.add(column(stream, input.field())));
        return List.of(Transforms.plain(transform), inputs);
    }

    private String time(String stream) {
        return application.stream(stream).orElseThrow().definition().time();
    }

    private Object asking(String stream) {
        StreamDefinition definition = application.stream(stream).orElseThrow().definition();
        return List.of(definition.key(), definition.time());
    }
}
