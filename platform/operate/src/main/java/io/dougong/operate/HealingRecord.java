package io.dougong.operate;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.Cost;
import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Lineage;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Question;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.kernel.Ids;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step of healing as a recorded Decision: the figures are its feature values, the rule is its model; rule, state and observation stand
 * in the question, so that the record alone is enough to compute it again.
 */
public final class HealingRecord {

    /** Name of the decision that steps are recorded as. */
    public static final String NAME = "sys/healing";

    private static final String MODEL = "healing-rule";
    private static final String RULE = "rule";
    private static final String STATE = "state";
    private static final String SEEN = "observation";
    private static final String JVM = "jvm";

    private HealingRecord() {}

    public static boolean is(Decision decision) {
        return decision.name().equals(NAME);
    }

    /** Where a record comes from. */
    public record Origin(String application, String applicationVersion, long decidedMicros) {}

    public static Decision of(Origin origin, HealingRule rule, HealingState state, Observation seen, HealingStep step) {
        HealingState next = step.next();
        String model = rule.definition().model();
        return new Decision(
                id(origin.application(), model, next.episode(), next.step(), seen.atMicros()),
                origin.application(),
                origin.applicationVersion(),
                NAME,
                origin.decidedMicros(),
                new Question(
                        model,
                        null,
                        seen.atMicros(),
                        Map.of(
                                RULE, Json.text(rule.definition()),
                                STATE, Json.text(state),
                                SEEN,
                                        Json.text(new Observation(
                                                seen.kind(), seen.atMicros(), Map.of(), seen.facts())))),
                figures(seen),
                new ModelRef(MODEL, HealingRule.VERSION, rule.digest(), Route.CHAMPION, JVM),
                new Score.Binary(next.step(), Double.NaN),
                new Outcome(step.outcome().name()),
                new Confidence(Double.NaN, Double.NaN, 0, 1),
                List.of(new Reason(step.outcome().name(), next.trigger(), 0, step.english(), step.chinese())),
                List.of(),
                List.of(),
                new Cost(0, 0, 0),
                new Lineage(Offsets.NONE, rule.digest(), false));
    }

    /** Of the step of an episode that was taken at this event time. */
    public static String id(String application, String model, int episode, int step, long atMicros) {
        return Ids.derived(application + "/" + NAME + "/" + model + "/" + episode + "/" + step + "/" + atMicros);
    }

    /** What was seen when the step was taken. */
    public static Observation seen(Decision recorded) {
        return seen(recorded, Replay.Request.PLAIN);
    }

    private static Observation seen(Decision recorded, Replay.Request request) {
        Observation kept = read(recorded.question().input(), SEEN, Observation.class);
        return new Observation(kept.kind(), kept.atMicros(), figures(recorded, request), kept.facts());
    }

    private static List<FeatureValue> figures(Observation seen) {
        List<FeatureValue> values = new ArrayList<>();
        seen.figures()
                .forEach((name, value) ->
                        values.add(FeatureValue.asked(name, Double.isNaN(value) ? null : (Object) value)));
        return values;
    }

    /** Computes a recorded step again, with other figures if asked. */
    public static Replay replay(Decision recorded, Replay.Request request) {
        Map<String, Object> input = recorded.question().input();
        HealingRule rule = new HealingRule(read(input, RULE, HealingDefinition.class));
        HealingState state = read(input, STATE, HealingState.class);
        Observation seen = seen(recorded, request);
        Origin origin = new Origin(recorded.application(), recorded.applicationVersion(), recorded.decidedMicros());
        Decision again = rule.step(state, seen)
                .map(step -> of(origin, rule, state, seen, step))
                .orElse(recorded);
        List<Replay.Difference> differences = differences(recorded, again);
        return new Replay(recorded, again, differences.isEmpty(), differences, Replay.Fidelity.EXACT);
    }

    private static <T> T read(Map<String, Object> input, String name, Class<T> type) {
        return Json.read(String.valueOf(input.get(name)).getBytes(StandardCharsets.UTF_8), type);
    }

    private static Map<String, Double> figures(Decision recorded, Replay.Request request) {
        Map<String, Double> figures = new TreeMap<>();
        for (FeatureValue value : recorded.features()) {
            Object figure = request.set().getOrDefault(value.name(), value.value());
            figures.put(value.name(), figure instanceof Number number ? number.doubleValue() : Double.NaN);
        }
        return figures;
    }

    private static List<Replay.Difference> differences(Decision recorded, Decision again) {
        List<Replay.Difference> found = new ArrayList<>();
        compare("id", recorded.id(), again.id(), found);
        compare("features", recorded.features(), again.features(), found);
        compare("model", recorded.model(), again.model(), found);
        compare("score", recorded.score(), again.score(), found);
        compare("outcome", recorded.outcome(), again.outcome(), found);
        compare("reasons", recorded.reasons(), again.reasons(), found);
        return found;
    }

    private static void compare(String path, Object was, Object is, List<Replay.Difference> found) {
        if (!was.equals(is)) {
            found.add(new Replay.Difference(path, was.toString(), is.toString()));
        }
    }
}
