package io.dougong.learn;

import io.dougong.models.Bootstrap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of predicted numbers over drawn rows. */
final class AmountFigures {

    private final double[] values;
    private final double[] truths;

    AmountFigures(double[] values, double[] truths) {
        this.values = values;
        this.truths = truths;
    }

    Map<String, Evaluation.Estimate> estimates(Bootstrap bootstrap, double level) {
        Map<Gate.Metric, ToDoubleFunction<int[]>> figures = new TreeMap<>();
        figures.put(Gate.Metric.RMSE, rows -> Math.sqrt(squares(rows) / rows.length));
        figures.put(Gate.Metric.MAE, rows -> distances(rows) / rows.length);
        figures.put(Gate.Metric.R2, this::explained);
        return Evaluation.Estimate.all(figures, truths.length, bootstrap, level);
    }

    private double squares(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += (values[row] - truths[row]) * (values[row] - truths[row]);
        }
        return sum;
    }

    private double distances(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += Math.abs(values[row] - truths[row]);
        }
        return sum;
    }

    /** NaN if all truths are the same. */
    private double explained(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += truths[row];
        }
        double mean = sum / rows.length;
        double all = 0;
        for (int row : rows) {
            all += (truths[row] - mean) * (truths[row] - mean);
        }
        return all == 0 ? Double.NaN : 1 - squares(rows) / all;
    }
}
