package io.dougong.manifest;

import io.dougong.documents.Fault;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import io.dougong.learn.ModelDefinition;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.serving.DecisionDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an application is: the events that come in, the features kept current, the models, and the decisions they make.
 * Whatever a manifest file can say, code can: {@code Application.named("flight-delay").stream(…)…build()}.
 * The names within each list differ; what else must hold is checked by {@link Manifest#check}.
 */
public record Application(
        String name,
        String description,
        List<ApplicationStream> streams,
        List<FeatureView> features,
        List<ModelDefinition> models,
        List<DecisionDefinition> decisions,
        MonitorsDefinition monitors,
        List<HealingDefinition> healing) {

    public Application {
        streams = distinct("stream", streams, ApplicationStream::name);
        features = distinct("feature view", features, FeatureView::name);
        models = distinct("model", models, ModelDefinition::name);
        decisions = distinct("decision", decisions, DecisionDefinition::name);
        healing = distinct("healing", healing, HealingDefinition::model);
    }

    /** With the usual monitors, and no healing. */
    public Application(
            String name,
            String description,
            List<ApplicationStream> streams,
            List<FeatureView> features,
            List<ModelDefinition> models,
            List<DecisionDefinition> decisions) {
        this(name, description, streams, features, models, decisions, MonitorsDefinition.USUAL, List.of());
    }

    /** Starts an application in code. */
    public static ApplicationBuilder named(String name) {
        return new ApplicationBuilder(name);
    }

    /** Names what the application is by its content: formatting, comments and the order of keys do not change it. */
    public Digest version() {
        return Digest.of(Json.bytes(ApplicationTree.of(this)));
    }

    public Optional<ApplicationStream> stream(String name) {
        return find(streams, ApplicationStream::name, name);
    }

    public Optional<FeatureView> view(String name) {
        return find(features, FeatureView::name, name);
    }

    public Optional<ModelDefinition> model(String name) {
        return find(models, ModelDefinition::name, name);
    }

    public Optional<DecisionDefinition> decision(String name) {
        return find(decisions, DecisionDefinition::name, name);
    }

    private static <T> Optional<T> find(List<T> parts, Function<T, String> naming, String name) {
        return parts.stream().filter(part -> naming.apply(part).equals(name)).findFirst();
    }

    private static <T> List<T> distinct(String what, List<T> parts, Function<T, String> naming) {
        Set<String> seen = new HashSet<>();
        List<Fault> twice = parts.stream()
                .map(naming)
                .filter(name -> !seen.add(name))
                .map(name -> new Fault(
                        0, 0, "", "The " + what + " '" + name + "' is declared twice.", "Keep one of the two."))
                .toList();
        if (!twice.isEmpty()) {
            throw ManifestProblem.faulty(twice);
        }
        return List.copyOf(parts);
    }
}
