package io.dougong.serving;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Score;
import io.dougong.decisions.Verdict;
import io.dougong.models.LoadedModel;
import io.dougong.trust.Guard;
import io.dougong.trust.GuardVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One model version at work: the artifact, the guard in front of it, and where its features stand among the values gathered. */
public final class Arm {

    /** Runtime of models that are computed in the JVM, exact everywhere. */
    public static final String JVM = "jvm";

    private static final double[] NOT_EXPLAINED = {};

    private final ModelRef reference;
    private final LoadedModel model;
    private final Guard guard;
    private final int[] places;
    private final ScoreCache cache;

    /** @param gathered names of the values that {@link Judge#judge} will be given, in order; holds every feature of the model */
    public Arm(ModelRef reference, LoadedModel model, Guard guard, List<String> gathered, ScoreCache cache) {
        this.reference = reference;
        this.model = model;
        this.guard = guard;
        this.cache = cache;
        this.places = model.card().features().stream()
                .mapToInt(feature -> place(feature.name(), gathered))
                .toArray();
    }

    private static int place(String feature, List<String> gathered) {
        int place = gathered.indexOf(feature);
        if (place < 0) {
            throw ServingProblem.unknownFeature(feature, gathered);
        }
        return place;
    }

    public ModelRef reference() {
        return reference;
    }

    LoadedModel model() {
        return model;
    }

    /** The gathered values that this model reads, in its order. */
    List<FeatureValue> inputs(List<FeatureValue> gathered) {
        FeatureValue[] inputs = new FeatureValue[places.length];
        for (int i = 0; i < places.length; i++) {
            inputs[i] = gathered.get(places[i]);
        }
        return Arrays.asList(inputs);
    }

    List<Verdict> verdicts(List<FeatureValue> inputs) {
        @Nullable Object[] values = new @Nullable Object[inputs.size()];
        long[] ages = new long[inputs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = inputs.get(i).value();
            ages[i] = inputs.get(i).ageMicros();
        }
        List<GuardVerdict> found = guard.check(values, ages);
        return found.isEmpty() ? List.of() : found.stream().map(Arm::verdict).toList();
    }

    private static Verdict verdict(GuardVerdict found) {
        Verdict.Severity severity = Verdict.Severity.valueOf(found.severity().name());
        return new Verdict(found.rule(), found.feature(), severity, found.message());
    }

    /**
     * A score and what each input added to its margin.
     *
     * @param contributions one per input; empty if not asked for or not to be had from this model
     * @param cached whether it was computed earlier for equal inputs
     */
    record Scored(Score score, double[] contributions, boolean cached) {}

    Scored score(List<FeatureValue> inputs, boolean explained) {
        List<@Nullable Object> values = new ArrayList<>(inputs.size());
        for (FeatureValue input : inputs) {
            values.add(input.value());
        }
        Scored known = cache.find(reference.digest(), explained, values);
        if (known != null) {
            return new Scored(known.score(), known.contributions(), true);
        }
        Scored computed = compute(values, explained);
        cache.put(reference.digest(), explained, values, computed);
        return computed;
    }

    /** Explained is the margin of what is answered. */
    private Scored compute(List<@Nullable Object> values, boolean explained) {
        float[] row = model.encode(values).row();
        double[] margins = model.margins(row);
        double[] contributions = explained && model.model().explainable() ? model.contributions(row) : NOT_EXPLAINED;
        int width = contributions.length / margins.length;
        int top = Scoring.top(margins);
        return new Scored(
                Scoring.score(model, margins),
                margins.length == 1 ? contributions : Arrays.copyOfRange(contributions, top * width, (top + 1) * width),
                false);
    }
}
