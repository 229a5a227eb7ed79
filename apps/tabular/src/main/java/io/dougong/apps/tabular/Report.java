package io.dougong.apps.tabular;

import io.dougong.decisions.Reason;
import io.dougong.learn.Evaluation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that a trial found out. */
record Report(
        String application,
        String file,
        String dialect,
        long rows,
        int columns,
        String label,
        String task,
        List<String> classes,
        @Nullable Double positiveShare,
        List<Finding> findings,
        Map<String, Double> alone,
        Split split,
        List<Candidate> models,
        Comparison choice,
        List<Crossed> crossed,
        List<Scores.Driver> drivers,
        List<Fairness> fairness,
        List<GroupFigures> groups,
        Example example,
        String manifest,
        String home,
        double seconds) {

    /** @param by {@code time} or {@code hash} */
    record Split(String by, int train, int calibrate, int test) {}

    /**
     * @param metrics on the test slice
     * @param coverage share of prediction sets or intervals that held the truth there
     * @param matrix of several classes, else null
     */
    record Candidate(
            String name,
            int version,
            String digest,
            Map<String, Evaluation.Estimate> metrics,
            Evaluation.Estimate coverage,
            Evaluation.@Nullable Matrix matrix) {}

    /**
     * Of cross-validation.
     *
     * @param metrics over all rows, each by a model that has not seen it, not calibrated
     */
    record Crossed(String name, int folds, int rows, Map<String, Evaluation.Estimate> metrics) {}

    /**
     * A decision that was made and recorded.
     *
     * @param answer in words
     * @param probability null of a number
     */
    record Example(
            String id,
            String question,
            String outcome,
            String answer,
            @Nullable Double probability,
            List<Reason> reasons) {}
}
