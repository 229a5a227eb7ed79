package io.dougong.apps.tabular;

import io.dougong.learn.Evaluation;
import io.dougong.learn.Gate;
import io.dougong.models.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What quality means for a task.
 *
 * @param headline the one figure to look at first; higher is better
 * @param shown in tables
 * @param choice names the figure by which one of two models is taken
 */
record Yardstick(Gate.Metric headline, List<Gate.Metric> shown, String choice) {

    static Yardstick of(Task task) {
        return switch (task) {
            case BINARY ->
                new Yardstick(
                        Gate.Metric.AUC,
                        List.of(Gate.Metric.AUC, Gate.Metric.LOG_LOSS, Gate.Metric.BRIER, Gate.Metric.ECE),
                        "AUC");
            case MULTICLASS ->
                new Yardstick(
                        Gate.Metric.ACCURACY,
                        List.of(
                                Gate.Metric.ACCURACY,
                                Gate.Metric.MACRO_F1,
                                Gate.Metric.AUC,
                                Gate.Metric.LOG_LOSS,
                                Gate.Metric.ECE),
                        "log loss");
            case REGRESSION ->
                new Yardstick(Gate.Metric.R2, List.of(Gate.Metric.R2, Gate.Metric.RMSE, Gate.Metric.MAE), "RMSE");
        };
    }

    Evaluation.Estimate headline(Evaluation evaluation) {
        return evaluation
                .metric(headline)
                .orElseThrow(() -> TableProblem.unfit(
                        "one-class-in-test",
                        "The test slice holds one value of the label only, so nothing can be said of quality.",
                        "Maybe use another --time, or none with --time ''."));
    }

    /** Later versions must not be clearly worse than this one. */
    List<Gate> gates(Evaluation evaluation) {
        double low = Math.floor(headline(evaluation).low() * 100) / 100;
        return low > 0 ? List.of(new Gate(headline, Gate.Bound.AT_LEAST, low)) : List.of();
    }

    String said(Evaluation evaluation) {
        return name(headline) + " " + text(headline(evaluation));
    }

    String said(Map<String, Evaluation.Estimate> metrics) {
        Evaluation.Estimate estimate = metrics.get(headline.label());
        return name(headline) + " " + (estimate == null ? "–" : text(estimate));
    }

    static String name(Gate.Metric metric) {
        return switch (metric) {
            case AUC -> "AUC";
            case R2 -> "R²";
            case RMSE -> "RMSE";
            case MAE -> "MAE";
            default -> metric.label().replace('_', ' ');
        };
    }

    static String text(Evaluation.Estimate estimate) {
        boolean large = Math.abs(estimate.high()) >= 100;
        String format = large ? "%,.0f [%,.0f, %,.0f]" : "%.3f [%.3f, %.3f]";
        return String.format(Locale.ROOT, format, estimate.value(), estimate.low(), estimate.high());
    }

    String row(Map<String, Evaluation.Estimate> metrics) {
        StringBuilder text = new StringBuilder();
        for (Gate.Metric metric : shown) {
            Evaluation.Estimate estimate = metrics.get(metric.label());
            text.append(String.format(Locale.ROOT, "%-26s", estimate == null ? "–" : text(estimate)));
        }
        return text.toString();
    }

    String heading() {
        return String.join(
                "",
                shown.stream().map(metric -> "%-26s".formatted(name(metric))).toList());
    }
}
