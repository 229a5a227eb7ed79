package io.dougong.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * LightGBM as somebody would tune it with patience: random search over its usual settings, each measured by cross-validation with early
 * stopping, then as many trees as were best at half the rate. Categories are native. The first settings are the library's own.
 *
 * @param settings how many are tried
 */
record LightgbmTuning(int settings, int folds, long seed) {

    private static final int MOST_ROUNDS = 1_000;
    private static final int PATIENCE = 30;

    private static final String FIXED = "objective=binary metric=binary_logloss verbosity=-1 num_threads=2"
            + " deterministic=true force_row_wise=true";

    private record Chosen(String settings, double rate, int rounds, double loss) {}

    /** Probabilities of the rows asked about, by the library's own settings and 100 trees. */
    static double[] usual(double[][] rows, float[] labels, List<Integer> categorical, double[][] asked) {
        return trained(FIXED + " seed=7 " + categories(categorical), 0.1, 100, rows, labels, asked);
    }

    /** The same, tuned on the rows. */
    double[] tuned(double[][] rows, float[] labels, List<Integer> categorical, double[][] asked) {
        Random random = new Random(seed);
        int[] fold = dealt(labels, random);
        Chosen best = new Chosen("", 0, 0, Double.POSITIVE_INFINITY);
        for (int i = 0; i < settings; i++) {
            String fixed = FIXED + " seed=" + seed + " " + categories(categorical);
            String settings = fixed + (i == 0 ? "" : drawn(random));
            Chosen tried = tried(settings, rows, labels, fold);
            best = tried.loss() < best.loss() ? tried : best;
        }
        int trees = (int) Math.round(2 * best.rounds() * (1 + 0.5 / folds));
        return trained(best.settings(), best.rate() / 2, trees, rows, labels, asked);
    }

    private static String categories(List<Integer> categorical) {
        return categorical.isEmpty()
                ? ""
                : "categorical_feature="
                        + String.join(
                                ",", categorical.stream().map(String::valueOf).toList());
    }

    private static String drawn(Random random) {
        int[] leaves = {3, 4, 6, 8, 12, 16, 24, 31, 48};
        int[] fewest = {1, 5, 10, 20, 40, 80, 150};
        return " num_leaves=" + leaves[random.nextInt(leaves.length)]
                + " min_data_in_leaf=" + fewest[random.nextInt(fewest.length)]
                + " feature_fraction=" + (0.3 + 0.7 * random.nextDouble())
                + " bagging_freq=1 bagging_fraction=" + (0.5 + 0.5 * random.nextDouble())
                + " lambda_l2=" + Math.pow(10, 4 * random.nextDouble() - 2)
                + " lambda_l1=" + (random.nextBoolean() ? 0 : Math.pow(10, 3 * random.nextDouble() - 2))
                + " cat_smooth=" + (random.nextBoolean() ? 10 : 50)
                + " max_cat_to_onehot=" + (random.nextBoolean() ? 4 : 16)
                + " extra_trees=" + (random.nextInt(4) == 0);
    }

    /** Stratified. */
    private int[] dealt(float[] labels, Random random) {
        int[] fold = new int[labels.length];
        for (int label = 0; label < 2; label++) {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == label) {
                    places.add(i);
                }
            }
            java.util.Collections.shuffle(places, random);
            for (int i = 0; i < places.size(); i++) {
                fold[places.get(i)] = i % folds;
            }
        }
        return fold;
    }

    private Chosen tried(String settings, double[][] rows, float[] labels, int[] fold) {
        double rate = 0.1;
        List<Lightgbm.Data> data = new ArrayList<>();
        List<Lightgbm.Booster> boosters = new ArrayList<>();
        for (int each = 0; each < folds; each++) {
            int[] outside = places(fold, each, false);
            int[] inside = places(fold, each, true);
            Lightgbm.Data train = new Lightgbm.Data(of(rows, outside), of(labels, outside), settings, null);
            Lightgbm.Data apart = new Lightgbm.Data(of(rows, inside), of(labels, inside), settings, train);
            data.add(train);
            data.add(apart);
            boosters.add(new Lightgbm.Booster(train, apart, settings + " learning_rate=" + rate));
        }
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        for (int round = 1; round <= MOST_ROUNDS && round <= best + PATIENCE; round++) {
            boosters.forEach(Lightgbm.Booster::grow);
            double loss = boosters.stream()
                    .mapToDouble(Lightgbm.Booster::loss)
                    .average()
                    .orElseThrow();
            if (loss < least) {
                least = loss;
                best = round;
            }
        }
        boosters.forEach(Lightgbm.Booster::close);
        data.forEach(Lightgbm.Data::close);
        return new Chosen(settings, rate, best, least);
    }

    private static int[] places(int[] fold, int one, boolean inside) {
        return IntStream.range(0, fold.length)
                .filter(i -> (fold[i] == one) == inside)
                .toArray();
    }

    static double[][] of(double[][] rows, int[] places) {
        return IntStream.of(places).mapToObj(place -> rows[place]).toArray(double[][]::new);
    }

    static float[] of(float[] labels, int[] places) {
        float[] some = new float[places.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = labels[places[i]];
        }
        return some;
    }

    private static double[] trained(
            String settings, double rate, int trees, double[][] rows, float[] labels, double[][] asked) {
        try (Lightgbm.Data data = new Lightgbm.Data(rows, labels, settings, null);
                Lightgbm.Booster booster = new Lightgbm.Booster(data, null, settings + " learning_rate=" + rate)) {
            for (int tree = 0; tree < trees; tree++) {
                booster.grow();
            }
            return booster.probabilities(asked);
        }
    }
}
