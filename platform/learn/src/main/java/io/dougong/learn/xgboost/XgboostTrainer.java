package io.dougong.learn.xgboost;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trains with XGBoost's {@code hist} method (Chen and Guestrin, KDD 2016) on a platform thread of its own, because native code
 * would pin a virtual thread's carrier. With thread count and seed fixed, the same rows give the same bytes; the rows stream into
 * native memory in batches, so the heap holds no second copy.
 */
public final class XgboostTrainer implements Trainer {

    public static final String FORMAT = "xgboost";

    /** How the payload is written; the JSON of XGBoost holds no time and no host. */
    private static final String WRITTEN_AS = "ubj";

    private static final String LIBRARY = "xgboost 3.4.0";

    private final int threads;

    /** @param threads of the native library; part of what makes a run repeatable, so it is recorded */
    public XgboostTrainer(int threads) {
        this.threads = threads;
    }

    @Override
    public boolean trains(TrainerDefinition definition) {
        return definition instanceof TrainerDefinition.Xgboost;
    }

    @Override
    public Fitted fit(TrainerDefinition definition, TrainingTable table, long seed, Progress progress) {
        TrainerDefinition.Xgboost xgboost = (TrainerDefinition.Xgboost) definition;
        Map<String, Object> parameters = parameters(xgboost, table, seed);
        byte[] payload = onPlatformThread(() -> train(table, parameters, xgboost.trees(), progress));
        return new Fitted(FORMAT, payload, recorded(parameters, xgboost.trees()));
    }

    private Map<String, Object> parameters(TrainerDefinition.Xgboost definition, TrainingTable table, long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", objective(table.task()));
        if (table.task() == Task.MULTICLASS) {
            parameters.put("num_class", table.classes().size());
        }
        parameters.put("tree_method", "hist");
        parameters.put("nthread", threads);
        parameters.put("seed", Math.floorMod(seed, (long) Integer.MAX_VALUE));
        parameters.put("max_depth", definition.depth());
        parameters.put("eta", definition.learningRate());
        parameters.put("subsample", definition.subsample());
        parameters.put("colsample_bytree", definition.columnSample());
        parameters.put("min_child_weight", definition.minChildWeight());
        parameters.put("lambda", definition.lambda());
        parameters.put("verbosity", 0);
        if (!definition.monotone().isEmpty()) {
            parameters.put("monotone_constraints", monotone(definition.monotone(), table.names()));
        }
        return parameters;
    }

    private static String objective(Task task) {
        return switch (task) {
            case BINARY -> "binary:logistic";
            case MULTICLASS -> "multi:softprob";
            case REGRESSION -> "reg:squarederror";
        };
    }

    private static String monotone(Map<String, Integer> constraints, List<String> names) {
        for (String name : constraints.keySet()) {
            if (!names.contains(name)) {
                throw LearnProblem.badTrainer(
                        "The monotone constraint names '" + name + "', which is no feature of the model.", "");
            }
        }
        return "("
                + String.join(
                        ",", names.stream().map(name -> sign(name, constraints)).toList()) + ")";
    }

    private static String sign(String name, Map<String, Integer> constraints) {
        int sign = constraints.getOrDefault(name, 0);
        if (Math.abs(sign) > 1) {
            throw LearnProblem.badTrainer(
                    "The monotone constraint of '" + name + "' is " + sign + ".", "Use 1 to rise or -1 to fall.");
        }
        return Integer.toString(sign);
    }

    private static Map<String, String> recorded(Map<String, Object> parameters, int trees) {
        Map<String, String> recorded = new TreeMap<>();
        parameters.forEach((name, value) -> recorded.put(name, value.toString()));
        recorded.put("trees", Integer.toString(trees));
        recorded.put("library", LIBRARY);
        return recorded;
    }

    private static byte[] train(TrainingTable table, Map<String, Object> parameters, int trees, Progress progress)
            throws XGBoostError {
        DMatrix matrix = new DMatrix(new TableRows(table), null, Float.NaN);
        try {
            if (table.weighted()) {
                matrix.setWeight(weights(table));
            }
            return train(matrix, parameters, trees, progress);
        } finally {
            matrix.dispose();
        }
    }

    private static float[] weights(TrainingTable table) {
        float[] weights = new float[table.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) table.weight(row);
        }
        return weights;
    }

    private static byte[] train(DMatrix matrix, Map<String, Object> parameters, int trees, Progress progress)
            throws XGBoostError {
        Booster booster = XGBoost.train(matrix, parameters, 1, Map.of(), null, null);
        try {
            progress.at(Progress.Phase.TRAIN, 1, trees);
            for (int tree = 1; tree < trees; tree++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw LearnProblem.interrupted(Progress.Phase.TRAIN);
                }
                booster.update(matrix, tree);
                progress.at(Progress.Phase.TRAIN, tree + 1L, trees);
            }
            return booster.toByteArray(WRITTEN_AS);
        } finally {
            booster.dispose();
        }
    }

    private static byte[] onPlatformThread(Callable<byte[]> training) {
        FutureTask<byte[]> task = new FutureTask<>(training);
        Thread thread = Thread.ofPlatform().name("xgboost-training").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw LearnProblem.interrupted(Progress.Phase.TRAIN);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LearnProblem problem
                    ? problem
                    : LearnProblem.trainerFailed("xgboost", cause(failed));
        }
    }

    private static Throwable cause(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : cause;
    }
}
