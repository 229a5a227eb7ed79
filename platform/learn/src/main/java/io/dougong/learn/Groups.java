package io.dougong.learn;

import io.dougong.models.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Breaks an evaluation down by the most frequent values of every text feature. */
final class Groups {

    private static final int MOST_VALUES = 10;
    private static final int FEWEST_ROWS = 30;

    private final TrainingTable table;
    private final double[] probabilities;
    private final boolean[] labels;

    private Groups(TrainingTable table, double[] probabilities, boolean[] labels) {
        this.table = table;
        this.probabilities = probabilities;
        this.labels = labels;
    }

    static List<Evaluation.Group> of(TrainingTable table, double[] probabilities, boolean[] labels) {
        Groups groups = new Groups(table, probabilities, labels);
        List<Evaluation.Group> all = new ArrayList<>();
        for (int column = 0; column < table.names().size(); column++) {
            if (table.categorical(column)) {
                all.addAll(groups.byValue(column));
            }
        }
        return all;
    }

    private List<Evaluation.Group> byValue(int column) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int row = 0; row < labels.length; row++) {
            String text = table.text(row, column);
            if (text != null) {
                counts.merge(text, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= FEWEST_ROWS)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_VALUES)
                .map(entry -> group(column, entry.getKey(), entry.getValue()))
                .toList();
    }

    private Evaluation.Group group(int column, String value, int rows) {
        double[] p = new double[rows];
        boolean[] y = new boolean[rows];
        int at = 0;
        for (int row = 0; row < labels.length; row++) {
            if (value.equals(table.text(row, column))) {
                p[at] = probabilities[row];
                y[at++] = labels[row];
            }
        }
        Metrics.Binary metrics = Metrics.binary(p, y);
        return new Evaluation.Group(
                table.names().get(column),
                value,
                rows,
                (double) metrics.positives() / rows,
                Arrays.stream(p).sum() / rows,
                Evaluator.defined(metrics));
    }
}
