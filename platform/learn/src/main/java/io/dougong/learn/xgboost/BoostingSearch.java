package io.dougong.learn.xgboost;

import io.dougong.learn.Folds;
import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Looks for settings of boosted trees by cross-validation with early stopping. First each candidate is tried on two folds; the best two
 * of them are then tried on all (successive halving, Jamieson and Talwalkar, AISTATS 2016). What is bounded is work, not time, so the
 * same rows and seed give the same settings on every machine.
 *
 * <p>Text is numbered anew in each fold by the rows outside of it, so that no row's own label helps to place its text.
 */
public final class BoostingSearch {

    /** Searching learns faster than the final trees, of which there are then more. */
    private static final double SEARCH_RATE = 0.1;

    private static final double FINAL_RATE = 0.05;
    private static final int FIRST_FOLDS = 2;
    private static final int FINALISTS = 2;

    private static final List<TrainerDefinition.Xgboost> CANDIDATES = List.of(
            candidate(3, 0.7, 3, 2),
            candidate(5, 0.7, 5, 2),
            candidate(2, 0.8, 1, 1),
            candidate(4, 0.5, 20, 10),
            candidate(7, 0.6, 10, 5),
            candidate(3, 0.4, 10, 10),
            candidate(6, 0.9, 1, 1),
            candidate(9, 0.5, 30, 5));

    private final int threads;

    /** @param threads of the native library */
    public BoostingSearch(int threads) {
        this.threads = threads;
    }

    /**
     * What was found.
     *
     * @param settings to train on all rows with
     * @param loss over the rows, each by trees that have not seen it
     * @param margins of each row by such trees, outputs side by side
     */
    public record Found(TrainerDefinition.Xgboost settings, double loss, double[] margins) {}

    private record Tried(TrainerDefinition.Xgboost candidate, FoldBoosters.Best best) {}

    private static TrainerDefinition.Xgboost candidate(
            int depth, double columnSample, double minChildWeight, double lambda) {
        return new TrainerDefinition.Xgboost(
                1, depth, SEARCH_RATE, 0.8, columnSample, minChildWeight, lambda, Map.of());
    }

    /**
     * @param folds of the table's rows
     * @param progress is told of {@link Progress.Phase#TRAIN}, one step per candidate
     * @throws LearnProblem as {@link XgboostTrainer#fit}
     */
    public Found search(
            TrainerDefinition.Tuned definition, TrainingTable table, Folds folds, long seed, Progress progress) {
        return NativeWork.done(() -> {
            try (FoldMatrices matrices = FoldMatrices.of(table, folds)) {
                return search(definition, table, matrices, seed, progress);
            }
        });
    }

    private Found search(
            TrainerDefinition.Tuned definition,
            TrainingTable table,
            FoldMatrices matrices,
            long seed,
            Progress progress)
            throws XGBoostError {
        List<TrainerDefinition.Xgboost> candidates = CANDIDATES.stream()
                .limit(definition.candidates())
                .map(candidate -> constrained(candidate, definition.monotone()))
                .toList();
        int all = matrices.count();
        int first = Math.min(FIRST_FOLDS, all);
        int finalists = candidates.size() == 1 ? 1 : FINALISTS;
        int steps = candidates.size() + finalists;
        List<Tried> tried = new ArrayList<>();
        for (TrainerDefinition.Xgboost candidate : candidates) {
            tried.add(tried(candidate, table, matrices, first, seed, false));
            progress.at(Progress.Phase.TRAIN, tried.size(), steps);
        }
        List<Tried> best = new ArrayList<>();
        for (Tried each : tried.stream().sorted(BY_LOSS).limit(finalists).toList()) {
            best.add(tried(each.candidate(), table, matrices, all, seed, true));
            progress.at(Progress.Phase.TRAIN, candidates.size() + best.size(), steps);
        }
        Tried chosen = best.stream().min(BY_LOSS).orElseThrow();
        return new Found(
                settled(chosen, all), chosen.best().loss(), chosen.best().margins());
    }

    private static final Comparator<Tried> BY_LOSS =
            Comparator.comparingDouble(tried -> tried.best().loss());

    private Tried tried(
            TrainerDefinition.Xgboost candidate,
            TrainingTable table,
            FoldMatrices matrices,
            int folds,
            long seed,
            boolean withMargins)
            throws XGBoostError {
        Map<String, Object> parameters = XgboostParameters.of(candidate, table, threads, seed);
        parameters.put("eval_metric", XgboostParameters.loss(table.task()));
        int[] used = IntStream.range(0, folds).toArray();
        try (FoldBoosters boosters = new FoldBoosters(matrices, used, parameters)) {
            return new Tried(candidate, boosters.best(withMargins));
        }
    }

    private static TrainerDefinition.Xgboost constrained(
            TrainerDefinition.Xgboost each, Map<String, Integer> monotone) {
        return new TrainerDefinition.Xgboost(
                each.trees(),
                each.depth(),
                each.learningRate(),
                each.subsample(),
                each.columnSample(),
                each.minChildWeight(),
                each.lambda(),
                monotone);
    }

    /** As many trees as were best, times what the slower rate needs, and some more for the rows that the folds left out. */
    private static TrainerDefinition.Xgboost settled(Tried chosen, int folds) {
        double more = SEARCH_RATE / FINAL_RATE * (1 + 0.5 / folds);
        TrainerDefinition.Xgboost each = chosen.candidate();
        return new TrainerDefinition.Xgboost(
                (int) Math.max(1, Math.round(chosen.best().rounds() * more)),
                each.depth(),
                FINAL_RATE,
                each.subsample(),
                each.columnSample(),
                each.minChildWeight(),
                each.lambda(),
                each.monotone());
    }
}
