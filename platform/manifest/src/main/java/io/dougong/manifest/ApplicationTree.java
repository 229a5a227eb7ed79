package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Plain;
import io.dougong.events.Retention;
import io.dougong.events.StreamDefinition;
import io.dougong.features.Condition;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Field;
import io.dougong.learn.Gate;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.TimeSplit;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainerDefinition.Xgboost;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.review.ReviewPolicy;
import io.dougong.serving.DecisionDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The canonical form of an application: a plain document in the shape of {@link Grammar}, every default written out. */
final class ApplicationTree {

    private ApplicationTree() {}

    static Map<String, Object> of(Application application) {
        return Plain.map(
                "application", application.name(),
                "description", application.description(),
                "streams", named(application.streams(), ApplicationStream::name, ApplicationTree::stream),
                "features", named(application.features(), FeatureView::name, ApplicationTree::view),
                "models", named(application.models(), ModelDefinition::name, ApplicationTree::model),
                "decisions", named(application.decisions(), DecisionDefinition::name, ApplicationTree::decision),
                "monitors",
                        application.monitors().equals(MonitorsDefinition.USUAL)
                                ? null
                                : monitors(application.monitors()),
                "healing",
                        application.healing().isEmpty()
                                ? null
                                : named(application.healing(), HealingDefinition::model, ApplicationTree::healing));
    }

    static Map<String, Object> monitors(MonitorsDefinition monitors) {
        return Plain.map(
                "window",
                Durations.text(monitors.window()),
                "false_alarm_every",
                Durations.text(monitors.falseAlarmEvery()),
                "latency_objective",
                monitors.latencyObjective().equals(MonitorsDefinition.USUAL.latencyObjective())
                        ? null
                        : Durations.text(monitors.latencyObjective()),
                "groups",
                new TreeMap<>(monitors.groups()));
    }

    static Map<String, Object> healing(HealingDefinition healing) {
        return Plain.map(
                "on", healing.on().stream().map(Grammar::word).toList(),
                "training_delay", OperateGrammar.text(healing.trainingDelayMillis()),
                "shadow", OperateGrammar.text(healing.shadowMillis()),
                "canary_share", Plain.number(healing.canaryShare()),
                "canary", OperateGrammar.text(healing.canaryMillis()),
                "probation", OperateGrammar.text(healing.probationMillis()),
                "cool_down", OperateGrammar.text(healing.coolDownMillis()),
                "fall_back", healing.fallBack(),
                "approval", healing.approval());
    }

    private static <T> Map<String, Object> named(List<T> parts, Function<T, String> naming, Function<T, ?> form) {
        Map<String, Object> map = new LinkedHashMap<>();
        parts.forEach(part -> map.put(naming.apply(part), form.apply(part)));
        return map;
    }

    static Map<String, Object> stream(ApplicationStream stream) {
        StreamDefinition definition = stream.definition();
        return Plain.map(
                "description", stream.description(),
                "key", definition.key(),
                "time", definition.time(),
                "lateness", Durations.text(definition.lateness()),
                "partitions", (long) definition.partitions(),
                "retention", retention(definition.retention()),
                "fields", named(definition.schema().fields(), Field::name, ApplicationTree::field),
                "derived",
                        named(
                                stream.derived(),
                                derived -> derived.name(),
                                derived -> Transforms.plain(derived.transform())));
    }

    private static @Nullable Map<String, Object> retention(Retention retention) {
        if (retention.isUnbounded()) {
            return null;
        }
        return Plain.map(
                "age", retention.maxAge() == null ? null : Durations.text(retention.maxAge()),
                "size",
                        retention.maxBytes() == Retention.UNBOUNDED_BYTES
                                ? null
                                : Durations.bytesText(retention.maxBytes()));
    }

    private static Object field(Field field) {
        Map<String, Object> plain = Plain.map(
                "type", field.type().label(),
                "optional", !field.required(),
                "min", Plain.numberOrNothing(field.minimum()),
                "max", Plain.numberOrNothing(field.maximum()),
                "allowed", field.allowed().isEmpty() ? null : field.allowed(),
                "sensitivity", Grammar.word(field.sensitivity()));
        boolean simple = field.equals(Field.required(field.name(), field.type()));
        return simple ? field.type().label() : plain;
    }

    static Map<String, Object> view(FeatureView view) {
        return Plain.map(
                "stream", view.stream(),
                "entity", view.entity(),
                "windows", view.windows().stream().map(Durations::text).toList(),
                "aggregates", view.aggregates().stream().map(Aggregates::plain).toList(),
                "ttl", Durations.text(view.ttl()),
                "where", view.where().map(ApplicationTree::where).orElse(null));
    }

    static Map<String, Object> where(Condition condition) {
        return Conditions.plain("field", condition.field(), condition.comparison(), condition.constant());
    }

    static Map<String, Object> model(ModelDefinition model) {
        return Plain.map(
                "on", model.stream(),
                "trainer", trainer(model.trainer()),
                "label",
                        Plain.map(
                                "stream",
                                model.label().stream(),
                                "key",
                                model.label().key(),
                                "value",
                                model.label().value()),
                "task", Grammar.word(model.label().task()),
                "features", model.features(),
                "split", split(model.split()),
                "calibration", Grammar.word(model.calibration()),
                "gates", model.gates().stream().map(ApplicationTree::gate).toList(),
                "seed", model.seed(),
                "weighting", WeightingGrammar.plain(model.weighting()));
    }

    private static Map<String, Object> split(TimeSplit split) {
        return Plain.map(
                "train", Plain.number(split.train()),
                "calibrate", Plain.number(split.calibrate()),
                "history", split.history() == null ? null : Durations.text(split.history()));
    }

    private static Map<String, Object> trainer(TrainerDefinition trainer) {
        return switch (trainer) {
            case Xgboost xgboost -> Plain.map("xgboost", xgboost(xgboost));
            case TrainerDefinition.Tuned(int candidates, int folds, Map<String, Integer> monotone) ->
                Plain.map(
                        "tuned",
                        Plain.map(
                                "candidates",
                                (long) candidates,
                                "folds",
                                (long) folds,
                                "monotone",
                                monotone(monotone)));
            case TrainerDefinition.Logistic(double l2) -> Plain.map("logistic", Plain.map("l2", Plain.number(l2)));
            case TrainerDefinition.OnnxImport(String path) -> Plain.map("onnx", Plain.map("file", path));
        };
    }

    private static Map<String, Object> xgboost(Xgboost xgboost) {
        return Plain.map(
                "trees", (long) xgboost.trees(),
                "depth", (long) xgboost.depth(),
                "learning_rate", Plain.number(xgboost.learningRate()),
                "subsample", Plain.number(xgboost.subsample()),
                "column_sample", Plain.number(xgboost.columnSample()),
                "min_child_weight", Plain.number(xgboost.minChildWeight()),
                "lambda", Plain.number(xgboost.lambda()),
                "monotone", monotone(xgboost.monotone()));
    }

    private static Map<String, Object> monotone(Map<String, Integer> directions) {
        Map<String, Object> plain = new TreeMap<>();
        directions.forEach(
                (feature, direction) -> plain.put(feature, direction > 0 ? ModelGrammar.RISING : ModelGrammar.FALLING));
        return plain;
    }

    private static Map<String, Object> gate(Gate gate) {
        return Plain.map(gate.metric().label(), Plain.map(Grammar.word(gate.bound()), Plain.number(gate.value())));
    }

    static Map<String, Object> decision(DecisionDefinition decision) {
        return Plain.map(
                "on", decision.stream(),
                "model", decision.model(),
                "subject", decision.subject(),
                "shadows", decision.shadows(),
                "outcomes",
                        decision.outcomes().stream()
                                .map(ApplicationTree::outcome)
                                .toList(),
                "abstain", abstention(decision.abstention()),
                "reasons", (long) decision.reasons(),
                "max_age", decision.maxAge() == null ? null : Durations.text(decision.maxAge()),
                "cache", (long) decision.cacheSize(),
                "review", review(decision.review()),
                "words", words(decision.words()),
                "costs", StakesTree.costs(decision.stakes().costs()),
                "adverse", StakesTree.adverse(decision.stakes().adverse()),
                "protected", StakesTree.guarded(decision.stakes().guarded()),
                "group_thresholds", StakesTree.thresholds(decision.stakes().groupThresholds()));
    }

    private static @Nullable Map<String, Object> abstention(DecisionDefinition.@Nullable Abstention abstention) {
        return abstention == null
                ? null
                : Plain.map(
                        "coverage",
                        Plain.number(abstention.coverage()),
                        "rate",
                        Plain.number(abstention.rate()),
                        "widest",
                        abstention.widest() == null ? null : Plain.number(abstention.widest()));
    }

    private static Object outcome(DecisionDefinition.OutcomeBand band) {
        return band.bounded() ? Plain.map(band.label(), Plain.number(band.from())) : band.label();
    }

    private static @Nullable Map<String, Object> review(@Nullable ReviewPolicy policy) {
        return policy == null
                ? null
                : Plain.map(
                        "due",
                        Durations.text(policy.due()),
                        "four_eyes",
                        policy.fourEyes(),
                        "teaches",
                        policy.teaches());
    }

    private static Map<String, Object> words(Map<String, DecisionDefinition.Words> words) {
        Map<String, Object> plain = new TreeMap<>();
        words.forEach((feature, name) -> plain.put(feature, Plain.map("en", name.english(), "zh", name.chinese())));
        return plain;
    }
}
