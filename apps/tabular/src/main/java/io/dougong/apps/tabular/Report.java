package io.dougong.apps.tabular;

import io.dougong.decisions.Reason;
import io.dougong.learn.Evaluation;
import java.util.List;
import java.util.Map;

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
        double positiveShare,
        List<Finding> findings,
        Map<String, Double> alone,
        Split split,
        List<Candidate> models,
        Comparison choice,
        List<Scores.Driver> drivers,
        List<Fairness> fairness,
        Example example,
        String manifest,
        String home,
        double seconds) {

    /** @param by {@code time} or {@code hash} */
    record Split(String by, int train, int calibrate, int test) {}

    /** @param metrics on the test slice */
    record Candidate(String name, int version, String digest, Map<String, Evaluation.Estimate> metrics) {}

    /** A decision that was made and recorded. */
    record Example(String id, String question, String outcome, double probability, List<Reason> reasons) {}
}
