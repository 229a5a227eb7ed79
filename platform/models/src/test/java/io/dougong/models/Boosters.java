package io.dougong.models;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trains real boosters on random data with missing values, ties and features that do not matter. */
final class Boosters {

    /** A booster and rows it has not seen. */
    record Trained(Booster booster, TreeEnsemble ours, float[] fresh, int rows, int inputs) {
        float[] row(int i) {
            return java.util.Arrays.copyOfRange(fresh, i * inputs, (i + 1) * inputs);
        }

        DMatrix matrix() throws XGBoostError {
            return new DMatrix(fresh, rows, inputs, Float.NaN);
        }
    }

    private static final int TRAINING_ROWS = 600;

    private Boosters() {}

    static Trained train(String objective, int trees, int depth, int inputs, long seed, String format) {
        return train(Map.of("objective", objective), trees, depth, inputs, seed, format);
    }

    static Trained train(Map<String, Object> extra, int trees, int depth, int inputs, long seed, String format) {
        try {
            Random random = new Random(seed);
            DMatrix data = new DMatrix(rows(random, TRAINING_ROWS, inputs), TRAINING_ROWS, inputs, Float.NaN);
            boolean classes = String.valueOf(extra.get("objective")).startsWith("multi");
            data.setLabel(labels(random, String.valueOf(extra.get("objective"))));
            Map<String, Object> parameters = new HashMap<>(extra);
            parameters.put("max_depth", depth);
            parameters.put("nthread", 1);
            parameters.put("seed", seed);
            parameters.putIfAbsent("min_child_weight", 0.1);
            if (classes) {
                parameters.put("num_class", 3);
            }
            Booster booster = XGBoost.train(data, parameters, trees, new HashMap<>(), null, null);
            return new Trained(
                    booster, TreeEnsemble.read(booster.toByteArray(format)), rows(random, 97, inputs), 97, inputs);
        } catch (XGBoostError failed) {
            throw new AssertionError(failed);
        }
    }

    static float[] rows(Random random, int count, int inputs) {
        float[] values = new float[count * inputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (random.nextInt(8)) {
                case 0 -> Float.NaN;
                case 1 -> random.nextInt(3) - 1;
                case 2 -> -0.0f;
                case 3 -> (float) (random.nextGaussian() * 1e6);
                default -> (float) random.nextGaussian();
            };
        }
        return values;
    }

    private static float[] labels(Random random, String objective) {
        float[] labels = new float[TRAINING_ROWS];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = objective.startsWith("multi")
                    ? random.nextInt(3)
                    : objective.startsWith("binary") || objective.equals("reg:logistic")
                            ? random.nextInt(10) < 3 ? 1 : 0
                            : 0.1f + random.nextInt(50) * random.nextFloat();
        }
        return labels;
    }
}
