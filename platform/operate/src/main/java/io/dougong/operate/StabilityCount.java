package io.dougong.operate;

import io.dougong.decisions.FeatureValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts decisions in the bins of what their model version was trained on, and compares. */
public final class StabilityCount {

    /** The usual thresholds of the index are meant for about so many bins. */
    private static final int BINS = 10;

    private final Reference reference;
    private final List<long[]> counts = new ArrayList<>();
    private final long[] scores;

    public StabilityCount(Reference reference) {
        this.reference = reference;
        reference
                .features()
                .forEach(feature -> counts.add(new long[feature.bins().size()]));
        this.scores = new long[reference.score().bins().size()];
    }

    /** A decision; features that the version does not read are passed over. */
    public void add(List<FeatureValue> values, double probability) {
        Map<String, FeatureValue> named = new HashMap<>();
        values.forEach(value -> named.put(value.name(), value));
        for (int i = 0; i < counts.size(); i++) {
            Reference.OfFeature feature = reference.features().get(i);
            FeatureValue value = named.get(feature.name());
            counts.get(i)[feature.bins().place(value == null ? null : value.value())]++;
        }
        if (!Double.isNaN(probability)) {
            scores[reference.score().bins().place(probability)]++;
        }
    }

    /** The scores first, then every feature. */
    public List<Stability> compared() {
        List<Stability> all = new ArrayList<>();
        all.add(compared(reference.score(), scores));
        for (int i = 0; i < counts.size(); i++) {
            all.add(compared(reference.features().get(i), counts.get(i)));
        }
        return all;
    }

    private static Stability compared(Reference.OfFeature feature, long[] now) {
        int[] into = coarser(feature);
        long[] before = summed(feature.counts(), into);
        long[] after = summed(now, into);
        double chance = Math.max(0, before.length - 1)
                * (1.0 / Math.max(1, Divergence.sum(before)) + 1.0 / Math.max(1, Divergence.sum(after)));
        return new Stability(feature.name(), Divergence.sum(after), Divergence.psi(before, after), chance);
    }

    /** Neighbouring bins of numbers become one until each holds about a tenth; bins that training left empty join the one for unseen values. */
    private static int[] coarser(Reference.OfFeature feature) {
        long[] counts = feature.counts();
        int values = feature.bins().values();
        long whole = Math.max(1, Divergence.sum(counts));
        int[] into = new int[counts.length];
        int bin = 0;
        long held = 0;
        for (int i = 0; i < values; i++) {
            into[i] = bin;
            held += counts[i];
            boolean full = feature.bins().ofText() || held * BINS >= whole;
            if (full && i + 1 < values) {
                bin++;
                held = 0;
            }
        }
        into[feature.bins().unseen()] = bin;
        into[feature.bins().missing()] = counts[feature.bins().missing()] == 0 ? bin : bin + 1;
        return into;
    }

    private static long[] summed(long[] counts, int[] into) {
        int size = 0;
        for (int bin : into) {
            size = Math.max(size, bin + 1);
        }
        long[] sums = new long[size];
        for (int i = 0; i < counts.length; i++) {
            sums[into[i]] += counts[i];
        }
        return sums;
    }
}
