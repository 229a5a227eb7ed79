package io.dougong.benchmarks;

import io.dougong.models.TreeEnsemble;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A forest trained on 20,000 rows of 20 features, one in twenty missing, whose label depends on nearly all of them, so that trees
 * grow to their full depth.
 *
 * @param rows {@link #ROWS} rows one after the other
 */
record TrainedForest(Booster booster, TreeEnsemble ours, byte[] json, float[] rows) {

    static final int ROWS = 1000;
    static final int INPUTS = 20;

    private static final int TRAINING_ROWS = 20_000;
    private static final long SEED = 1;

    /** @param shape trees and depth, e.g. {@code 100x6} */
    static TrainedForest of(String shape) throws XGBoostError {
        String[] sizes = shape.split("x", 2);
        Random random = new Random(SEED);
        float[] values = new float[TRAINING_ROWS * INPUTS];
        float[] labels = new float[TRAINING_ROWS];
        for (int i = 0; i < TRAINING_ROWS; i++) {
            for (int j = 0; j < INPUTS; j++) {
                values[i * INPUTS + j] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            labels[i] = score(values, i * INPUTS) + random.nextGaussian() > 5 ? 1 : 0;
        }
        DMatrix data = new DMatrix(values, TRAINING_ROWS, INPUTS, Float.NaN);
        data.setLabel(labels);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", "binary:logistic");
        parameters.put("max_depth", Integer.parseInt(sizes[1]));
        parameters.put("eta", 0.1);
        parameters.put("nthread", 1);
        Booster booster = XGBoost.train(data, parameters, Integer.parseInt(sizes[0]), new HashMap<>(), null, null);
        byte[] json = booster.toByteArray("json");
        return new TrainedForest(booster, TreeEnsemble.read(json), json, Arrays.copyOf(values, ROWS * INPUTS));
    }

    private static float score(float[] values, int at) {
        float sum = 0;
        for (int j = 0; j < INPUTS; j++) {
            float value = values[at + j];
            if (!Float.isNaN(value)) {
                sum += value * (j % 3 - 1) + (value * values[at + (j + INPUTS - 1) % INPUTS] > 0 ? 1 : 0);
            }
        }
        return sum;
    }

    float[] row(int i) {
        return Arrays.copyOfRange(rows, i * INPUTS, (i + 1) * INPUTS);
    }
}
