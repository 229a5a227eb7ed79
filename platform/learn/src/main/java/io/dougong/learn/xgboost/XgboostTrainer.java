package io.dougong.learn.xgboost;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import java.util.Map;
import java.util.TreeMap;
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
        Map<String, Object> parameters = XgboostParameters.of(xgboost, table, threads, seed);
        byte[] payload = NativeWork.done(() -> train(table, parameters, xgboost.trees(), progress));
        return new Fitted(FORMAT, payload, recorded(parameters, xgboost.trees()));
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
        DMatrix matrix = TableRows.matrix(table);
        try {
            return train(matrix, parameters, trees, progress);
        } finally {
            matrix.dispose();
        }
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
}
