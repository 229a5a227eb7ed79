package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Losses of a version against another, on the decisions since a phase began. Of one asked along, on the same questions, hour by hour
 * ({@link PairedTest}); of a canary, which has questions of its own, by rank ({@link RankTest}). Bounded: the newest are kept.
 *
 * @param sinceMicros decisions asked before do not count
 * @param hours event-time hour to number, sum of losses of the answering version, and of the other one
 * @param canary losses of the canary's own decisions
 * @param champion losses of the champion's own decisions meanwhile
 */
public record Trial(long sinceMicros, Map<Long, double[]> hours, List<Double> canary, List<Double> champion) {

    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final int MOST_HOURS = 24 * 60;
    private static final int MOST_LOSSES = 20_000;

    public static Trial since(long micros) {
        return new Trial(micros, new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** The losses on the same question, answered by one version and asked of another one; NaN where there is none. */
    public void paired(long askedMicros, double answered, double asked) {
        if (askedMicros < sinceMicros || Double.isNaN(answered) || Double.isNaN(asked)) {
            return;
        }
        long hour = Math.floorDiv(askedMicros, HOUR_MICROS);
        if (!hours.containsKey(hour) && hours.size() >= MOST_HOURS) {
            return;
        }
        double[] sums = hours.computeIfAbsent(hour, _ -> new double[3]);
        sums[0]++;
        sums[1] += answered;
        sums[2] += asked;
    }

    /** The loss on a question that the canary or the champion answered. */
    public void answered(long askedMicros, boolean byCanary, double loss) {
        List<Double> losses = byCanary ? canary : champion;
        if (askedMicros >= sinceMicros && !Double.isNaN(loss) && losses.size() < MOST_LOSSES) {
            losses.add(loss);
        }
    }

    /**
     * What a truth costs a score: the logarithm of the probability that it was given; of a number that of its density in a Laplace
     * distribution around the value, as wide as the version says that it errs. So differences have no unit, and a version gains nothing by
     * claiming to be surer than it is (Gneiting and Raftery 2007). NaN for a score that is none.
     */
    public static double loss(Score score, Truth truth) {
        return switch (score) {
            case Score.Binary binary -> QualityPane.loss(binary.probability(), truth.favours(score));
            case Score.Classes classes ->
                truth instanceof Truth.Named(String name)
                        ? QualityPane.loss(classes.probability(name), true)
                        : Double.NaN;
            case Score.Amount amount ->
                truth instanceof Truth.Amount(double value)
                        ? Math.abs(amount.value() - value) / amount.spread() + StrictMath.log(2 * amount.spread())
                        : Double.NaN;
        };
    }

    /** What the rule looks at: {@code gain} is the mean loss of the answering version less that of the other one. */
    public Map<String, Double> figures() {
        double[] differences = new double[hours.size()];
        double questions = 0;
        double losses = 0;
        double others = 0;
        int i = 0;
        for (double[] sums : hours.values()) {
            differences[i++] = (sums[1] - sums[2]) / sums[0];
            questions += sums[0];
            losses += sums[1];
            others += sums[2];
        }
        PairedTest test = PairedTest.of(differences);
        RankTest ranks = RankTest.of(array(canary), array(champion));
        Map<String, Double> figures = new TreeMap<>();
        figures.put("hours", (double) test.windows());
        figures.put("questions", questions);
        figures.put("loss_answering", questions == 0 ? 0 : losses / questions);
        figures.put("loss_other", questions == 0 ? 0 : others / questions);
        figures.put("gain", test.mean());
        figures.put("gain_error", Double.isFinite(test.error()) ? test.error() : 1e9);
        figures.put("canary_decisions", (double) canary.size());
        figures.put("canary_worse_p", ranks.pGreater());
        return figures;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
