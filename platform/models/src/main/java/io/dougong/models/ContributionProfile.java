package io.dougong.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What each feature usually contributes, by height of the margin: the yardstick for reasons that compare a person with a population.
 * Measured on rows that the model was not trained on, and part of the artifact, so that reasons can be computed again.
 *
 * @param bins lowest margins first, of about equally many rows
 */
public record ContributionProfile(List<Bin> bins) {

    private static final int BINS = 20;

    public ContributionProfile {
        bins = List.copyOf(bins);
    }

    /**
     * Rows of similar margins.
     *
     * @param margin mean margin
     * @param means mean exact contribution per feature, in the model's order
     */
    public record Bin(double margin, int rows, List<Double> means) {

        public Bin {
            means = List.copyOf(means);
        }
    }

    /** One row: its margin, and per feature what it contributed; anything after the features is left out. */
    public record Row(double margin, double[] contributions) {}

    /** @param features of the model, at least one row */
    public static ContributionProfile of(List<Row> rows, int features) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(Row::margin));
        int bins = Math.min(BINS, sorted.size());
        return new ContributionProfile(IntStream.range(0, bins)
                .mapToObj(bin ->
                        bin(sorted.subList(bin * sorted.size() / bins, (bin + 1) * sorted.size() / bins), features))
                .toList());
    }

    private static Bin bin(List<Row> rows, int features) {
        double margin = 0;
        double[] sums = new double[features];
        for (Row row : rows) {
            margin += row.margin() / rows.size();
            for (int i = 0; i < features; i++) {
                sums[i] += row.contributions()[i] / rows.size();
            }
        }
        return new Bin(
                margin,
                rows.size(),
                IntStream.range(0, features).mapToObj(i -> sums[i]).toList());
    }

    /** Mean contributions over the bins that are wanted; over all if none is. */
    public double[] mean(Predicate<Bin> wanted) {
        List<Bin> chosen = bins.stream().filter(wanted).toList();
        return weighted(chosen.isEmpty() ? bins : chosen);
    }

    /** Those of the one wanted bin with the highest margin, or the lowest; over all if none is wanted. */
    public double[] nearest(Predicate<Bin> wanted, boolean highest) {
        List<Bin> chosen = bins.stream().filter(wanted).toList();
        if (chosen.isEmpty()) {
            return weighted(bins);
        }
        return weighted(List.of(highest ? chosen.getLast() : chosen.getFirst()));
    }

    private static double[] weighted(List<Bin> chosen) {
        double[] means = new double[chosen.getFirst().means().size()];
        long rows = 0;
        for (Bin bin : chosen) {
            rows += bin.rows();
            for (int i = 0; i < means.length; i++) {
                means[i] += bin.rows() * bin.means().get(i);
            }
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= rows;
        }
        return means;
    }
}
