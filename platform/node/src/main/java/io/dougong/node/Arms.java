package io.dougong.node;

import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Route;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.models.FeatureSpec;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelFormats;
import io.dougong.models.ModelRegistry;
import io.dougong.serving.Arm;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.ScoreCache;
import io.dougong.trust.Expectation;
import io.dougong.trust.Guard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts registered model versions to work: loads the artifact once, and builds the guard from what the model and the stream declare. */
final class Arms {

    private static final int MOST_LOADED = 64;

    private final ModelRegistry registry;
    private final ModelFormats formats;
    private final Map<Digest, LoadedModel> loaded = new ConcurrentHashMap<>();

    Arms(ModelRegistry registry, ModelFormats formats) {
        this.registry = registry;
        this.formats = formats;
    }

    LoadedModel load(Digest digest) {
        if (loaded.size() > MOST_LOADED) {
            loaded.clear();
        }
        return loaded.computeIfAbsent(digest, this::read);
    }

    private LoadedModel read(Digest digest) {
        ModelArtifact artifact = registry.load(digest);
        return LoadedModel.of(artifact, formats);
    }

    ModelRef reference(String model, int version, Digest digest, Route route) {
        return new ModelRef(model, version, digest, route, load(digest).model().runtime());
    }

    /** @param gathered names of the values that the arm will be given */
    Arm arm(ModelRef reference, DecisionDefinition definition, Schema asking, List<String> gathered, ScoreCache cache) {
        LoadedModel model = load(reference.digest());
        return new Arm(reference, model, guard(model, definition, asking), gathered, cache);
    }

    private static Guard guard(LoadedModel model, DecisionDefinition definition, Schema asking) {
        return new Guard(model.card().features().stream()
                .map(feature -> expectation(feature, definition, asking))
                .toList());
    }

    private static Expectation expectation(FeatureSpec feature, DecisionDefinition definition, Schema asking) {
        return asking.has(feature.name())
                ? ofField(feature, asking.field(feature.name()))
                : ofView(feature.name(), definition);
    }

    private static Expectation ofField(FeatureSpec feature, Field field) {
        return new Expectation(
                field.name(),
                kind(field.type()),
                field.required(),
                field.minimum(),
                field.maximum(),
                0,
                feature.categories(),
                Expectation.ANY_AGE,
                field.sensitivity());
    }

    private static Expectation.Kind kind(FieldType type) {
        return switch (type) {
            case STRING -> Expectation.Kind.CATEGORY;
            case BOOLEAN -> Expectation.Kind.BOOLEAN;
            case INTEGER, NUMBER, TIMESTAMP -> Expectation.Kind.NUMBER;
        };
    }

    private static Expectation ofView(String name, DecisionDefinition definition) {
        long maxAgeMicros = definition.maxAge() == null
                ? Expectation.ANY_AGE
                : definition.maxAge().toNanos() / 1_000;
        return new Expectation(
                name, Expectation.Kind.NUMBER, false, null, null, 0, List.of(), maxAgeMicros, Sensitivity.PUBLIC);
    }
}
