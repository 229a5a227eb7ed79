package io.dougong.node;

import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Route;
import io.dougong.features.FeatureStore;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Schema;
import io.dougong.models.FeatureSpec;
import io.dougong.serving.Arm;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.Gathering;
import io.dougong.serving.Rollout;
import io.dougong.serving.ScoreCache;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the roll-out of a decision from the roles that are in force. */
final class Rollouts {

    private final String application;
    private final Definitions definitions;
    private final Arms arms;
    private final FeatureStore features;

    Rollouts(String application, Definitions definitions, Arms arms, FeatureStore features) {
        this.application = application;
        this.definitions = definitions;
        this.arms = arms;
        this.features = features;
    }

    /** Empty as long as the decision's model has no champion. */
    Optional<Rollout> of(DecisionDefinition decision, Schema asking) {
        Map<Route, ModelRole> roles = definitions.roles(application, decision.model()).stream()
                .collect(Collectors.toMap(ModelRole::route, role -> role));
        ModelRole champion = roles.get(Route.CHAMPION);
        return champion == null ? Optional.empty() : Optional.of(rollout(decision, asking, roles, champion));
    }

    private Rollout rollout(
            DecisionDefinition decision, Schema asking, Map<Route, ModelRole> roles, ModelRole champion) {
        List<ModelRef> shadows = shadows(decision, roles);
        Gathering gathering = new Gathering(features, asking, names(decision, roles, shadows, champion));
        ScoreCache cache = new ScoreCache(decision.cacheSize());
        Maker maker = new Maker(decision, asking, gathering.names(), cache);
        return new Rollout(
                application + "/" + decision.model(),
                gathering,
                maker.arm(reference(champion)),
                traffic(roles, Route.CHALLENGER, maker),
                traffic(roles, Route.CANARY, maker),
                shadows.stream().map(maker::arm).toList());
    }

    private Optional<Rollout.Traffic> traffic(Map<Route, ModelRole> roles, Route route, Maker maker) {
        return Optional.ofNullable(roles.get(route))
                .map(role -> new Rollout.Traffic(maker.arm(reference(role)), role.share()));
    }

    /** The model's own shadow version, then the champions of the models that the decision names as shadows. */
    private List<ModelRef> shadows(DecisionDefinition decision, Map<Route, ModelRole> roles) {
        Stream<ModelRole> own = Stream.ofNullable(roles.get(Route.SHADOW));
        Stream<ModelRole> others = decision.shadows().stream()
                .flatMap(model -> definitions.roles(application, model).stream())
                .filter(role -> role.route() == Route.CHAMPION);
        return Stream.concat(own, others)
                .map(role -> arms.reference(role.model(), role.version(), new Digest(role.digest()), Route.SHADOW))
                .toList();
    }

    /** The champion's features first, then what the others read besides, then what only the outcome depends on. */
    private Set<String> names(
            DecisionDefinition decision, Map<Route, ModelRole> roles, List<ModelRef> shadows, ModelRole champion) {
        Set<String> names = new LinkedHashSet<>(featuresOf(new Digest(champion.digest())));
        roles.values().forEach(role -> names.addAll(featuresOf(new Digest(role.digest()))));
        shadows.forEach(shadow -> names.addAll(featuresOf(shadow.digest())));
        names.addAll(decision.stakes().fields());
        return names;
    }

    private List<String> featuresOf(Digest digest) {
        return arms.load(digest).card().features().stream()
                .map(FeatureSpec::name)
                .toList();
    }

    private ModelRef reference(ModelRole role) {
        return arms.reference(role.model(), role.version(), new Digest(role.digest()), role.route());
    }

    private final class Maker {

        private final DecisionDefinition decision;
        private final Schema asking;
        private final List<String> gathered;
        private final ScoreCache cache;

        Maker(DecisionDefinition decision, Schema asking, List<String> gathered, ScoreCache cache) {
            this.decision = decision;
            this.asking = asking;
            this.gathered = gathered;
            this.cache = cache;
        }

        Arm arm(ModelRef reference) {
            return arms.arm(reference, decision, asking, gathered, cache);
        }
    }
}
