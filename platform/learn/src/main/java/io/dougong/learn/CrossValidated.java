package io.dougong.learn;

import java.util.List;
import java.util.Map;

/**
 * What models said of rows that they were not trained on, each row by the model of its fold (Stone 1974).
 *
 * @param folds how many there were
 * @param classes of several classes, in the order of the outputs; else empty
 * @param rows oldest first
 * @param metrics over all rows, by the labels of {@link Gate.Metric}, with bootstrap intervals
 */
public record CrossValidated(
        int folds, List<String> classes, List<Row> rows, Map<String, Evaluation.Estimate> metrics) {

    public CrossValidated {
        classes = List.copyOf(classes);
        rows = List.copyOf(rows);
        metrics = Map.copyOf(metrics);
    }

    /**
     * One row.
     *
     * @param key of the asking event
     * @param truth 0 or 1, the place in {@link #classes}, or the number
     * @param outputs the probability of the positive class of two; of each of several; or the number
     */
    public record Row(String key, int fold, float truth, List<Double> outputs) {

        public Row {
            outputs = List.copyOf(outputs);
        }
    }
}
