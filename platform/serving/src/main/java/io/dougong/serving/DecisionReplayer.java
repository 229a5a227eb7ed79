package io.dougong.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionCodec;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Replayer;
import io.dougong.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes a recorded decision again: the recorded values and threshold through the same {@link Judge}, with the very artifact the
 * record names. Compared is every computed value, bit for bit; wall clock and duration are not computed and stay as recorded.
 */
public final class DecisionReplayer implements Replayer {

    /**
     * What judged a decision.
     *
     * @param judge of the definition that was in force
     * @param arm the artifact that answered, made for the recorded feature names
     * @param shadows the artifacts asked along, in recorded order
     */
    public record Bench(Judge judge, Arm arm, List<Arm> shadows) {

        public Bench {
            shadows = List.copyOf(shadows);
        }
    }

    private final Function<Decision, Bench> benches;
    private final Function<Decision, List<FeatureValue>> lake;

    /**
     * @param benches finds definition and artifacts of a recorded decision
     * @param lake recomputes its feature values from the lake
     */
    public DecisionReplayer(Function<Decision, Bench> benches, Function<Decision, List<FeatureValue>> lake) {
        this.benches = benches;
        this.lake = lake;
    }

    @Override
    public Replay replay(Decision recorded, Replay.Request request) {
        Bench bench = benches.apply(recorded);
        List<FeatureValue> source = request.asOfLake() ? lake.apply(recorded) : recorded.features();
        List<FeatureValue> values = changed(source, request.set());
        Decision recomputed = again(recorded, bench, values);
        List<Replay.Difference> differences = differences(recorded, recomputed);
        return new Replay(recorded, recomputed, differences.isEmpty(), differences, fidelity(recorded));
    }

    private static Decision again(Decision recorded, Bench bench, List<FeatureValue> values) {
        Judgement judgement =
                bench.judge().judge(bench.arm(), values, recorded.confidence().threshold());
        return new Decision(
                recorded.id(),
                recorded.application(),
                recorded.applicationVersion(),
                recorded.name(),
                recorded.decidedMicros(),
                recorded.question(),
                values,
                bench.arm().reference(),
                judgement.score(),
                judgement.outcome(),
                judgement.confidence(),
                judgement.reasons(),
                judgement.verdicts(),
                bench.shadows().stream()
                        .map(shadow -> bench.judge().shadow(shadow, values))
                        .toList(),
                recorded.cost(),
                recorded.lineage(),
                judgement.expectedCosts());
    }

    private static List<FeatureValue> changed(List<FeatureValue> values, Map<String, Object> set) {
        Set<String> known =
                new TreeSet<>(values.stream().map(FeatureValue::name).toList());
        for (String name : set.keySet()) {
            if (!known.contains(name)) {
                throw ServingProblem.unknownFeature(name, known);
            }
        }
        return values.stream()
                .map(value -> set.containsKey(value.name()) ? changed(value, set.get(value.name())) : value)
                .toList();
    }

    private static FeatureValue changed(FeatureValue value, @Nullable Object to) {
        return new FeatureValue(value.name(), sameKind(value, to), value.ageMicros());
    }

    /** A whole number may stand for a fractional one; anything else must be of the recorded kind. */
    private static @Nullable Object sameKind(FeatureValue recorded, @Nullable Object to) {
        Object was = recorded.value();
        if (to == null || was == null || was.getClass() == to.getClass()) {
            return to;
        }
        if (was instanceof Double && to instanceof Long whole) {
            return whole.doubleValue();
        }
        throw ServingProblem.wrongKind(recorded.name(), to, was);
    }

    private static Replay.Fidelity fidelity(Decision recorded) {
        return recorded.model().runtime().equals(Arm.JVM) ? Replay.Fidelity.EXACT : Replay.Fidelity.SAME_RUNTIME;
    }

    private static List<Replay.Difference> differences(Decision recorded, Decision recomputed) {
        List<Replay.Difference> found = new ArrayList<>();
        compare("", Json.tree(DecisionCodec.bytes(recorded)), Json.tree(DecisionCodec.bytes(recomputed)), found);
        return found;
    }

    private static void compare(
            String path, @Nullable JsonNode was, @Nullable JsonNode is, List<Replay.Difference> found) {
        if (was != null && is != null && was.isContainerNode() && was.getNodeType() == is.getNodeType()) {
            for (String name : children(was, is)) {
                compare(path.isEmpty() ? name : path + "." + name, child(was, name), child(is, name), found);
            }
        } else if (was == null || !was.equals(is)) {
            found.add(new Replay.Difference(path, String.valueOf(was), String.valueOf(is)));
        }
    }

    private static List<String> children(JsonNode was, JsonNode is) {
        if (was.isArray()) {
            int most = Math.max(was.size(), is.size());
            return java.util.stream.IntStream.range(0, most)
                    .mapToObj(Integer::toString)
                    .toList();
        }
        Set<String> names = new TreeSet<>();
        was.fieldNames().forEachRemaining(names::add);
        is.fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    private static @Nullable JsonNode child(JsonNode parent, String name) {
        return parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name);
    }
}
