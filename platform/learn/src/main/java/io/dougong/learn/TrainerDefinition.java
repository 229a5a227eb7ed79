package io.dougong.learn;

import java.util.Map;

/** Which trainer, with which parameters. */
public sealed interface TrainerDefinition {

    /**
     * Gradient boosted trees (Chen and Guestrin, KDD 2016).
     *
     * @param monotone feature name to +1 or -1 where the margin may only rise or fall with the feature
     */
    record Xgboost(
            int trees,
            int depth,
            double learningRate,
            double subsample,
            double columnSample,
            double minChildWeight,
            double lambda,
            Map<String, Integer> monotone)
            implements TrainerDefinition {

        public static final Xgboost DEFAULT = new Xgboost(100, 6, 0.1, 1.0, 1.0, 1.0, 1.0, Map.of());

        public Xgboost {
            monotone = Map.copyOf(monotone);
        }
    }

    /**
     * Gradient boosted trees whose settings are looked for by cross-validation, blended with a linear model as far as that helps on rows that
     * neither was trained on.
     *
     * @param candidates settings that are tried, at most as many as there are
     * @param folds of the cross-validation
     * @param monotone as of {@link Xgboost}; a linear model keeps no such promise, so with any of them there is none
     */
    record Tuned(int candidates, int folds, Map<String, Integer> monotone) implements TrainerDefinition {

        public static final int MOST_CANDIDATES = 8;
        public static final int MOST_FOLDS = 20;
        public static final Tuned DEFAULT = new Tuned(6, 5, Map.of());

        public Tuned {
            monotone = Map.copyOf(monotone);
        }
    }

    /** Logistic regression with an L2 penalty on standardised inputs. */
    record Logistic(double l2) implements TrainerDefinition {}

    /** No training: an ONNX file made elsewhere, with the model's features as its only input. */
    record OnnxImport(String path) implements TrainerDefinition {}
}
