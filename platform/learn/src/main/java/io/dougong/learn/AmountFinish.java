package io.dougong.learn;

import io.dougong.models.AdaptiveConformal;
import io.dougong.models.Bootstrap;
import io.dougong.models.Calibrator;
import io.dougong.models.Spread;
import io.dougong.models.Target;
import java.util.Arrays;
import java.util.List;

/** Finishes a model of a number: the spread around its predictions, a first threshold, and figures on the test slice. */
final class AmountFinish {

    private final AdaptiveConformal rule;
    private final Bootstrap bootstrap;

    AmountFinish(AdaptiveConformal rule, Bootstrap bootstrap) {
        this.rule = rule;
        this.bootstrap = bootstrap;
    }

    Finish of(Scored calibrate, Scored test) {
        int half = calibrate.rows() / 2;
        Spread spread = Spread.fit(Arrays.copyOf(calibrate.margins(), half), truths(calibrate.part(0, half)));
        double[] fresh = nonconformity(calibrate.part(half, calibrate.rows()), spread);
        double most = Arrays.stream(fresh).max().orElse(1);
        AdaptiveConformal.State start = rule.initial(fresh, most);
        return new Finish(new Calibrator.Identity(), new Target.Amount(spread), start, evaluation(test, spread, start));
    }

    private static double[] truths(Scored rows) {
        double[] truths = new double[rows.rows()];
        Arrays.setAll(truths, row -> rows.targets()[row]);
        return truths;
    }

    private static double[] nonconformity(Scored rows, Spread spread) {
        double[] scores = new double[rows.rows()];
        Arrays.setAll(
                scores, row -> Math.abs(rows.targets()[row] - rows.margins()[row]) / spread.at(rows.margins()[row]));
        return scores;
    }

    /** What a decision does with the value, its bands and its widest interval, is not known here: nothing is left to a person. */
    private Evaluation evaluation(Scored test, Spread spread, AdaptiveConformal.State start) {
        double[] truths = truths(test);
        double[] values = test.margins();
        Evaluation.Abstention intervals =
                AbstentionReplay.of(rule, start, test.table(), nonconformity(test, spread), (_, _) -> true, bootstrap);
        return new Evaluation(
                test.rows(),
                intervals.coverage().value(),
                new AmountFigures(values, truths).estimates(bootstrap, Evaluator.LEVEL),
                intervals,
                List.of(),
                List.of());
    }
}
