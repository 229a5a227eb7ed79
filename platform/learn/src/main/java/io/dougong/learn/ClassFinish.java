package io.dougong.learn;

import io.dougong.models.AdaptiveConformal;
import io.dougong.models.Bootstrap;
import io.dougong.models.Calibrator;
import io.dougong.models.Softmax;
import io.dougong.models.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finishes a model of several classes: a temperature, a first threshold, and figures on the test slice. */
final class ClassFinish {

    private final AdaptiveConformal rule;
    private final Bootstrap bootstrap;

    ClassFinish(AdaptiveConformal rule, Bootstrap bootstrap) {
        this.rule = rule;
        this.bootstrap = bootstrap;
    }

    /** @param calibrates false to leave the softmax as it is */
    Finish of(Scored calibrate, Scored test, boolean calibrates) {
        List<String> classes = calibrate.table().classes();
        int half = calibrates ? calibrate.rows() / 2 : 0;
        Target.Classes target = new Target.Classes(classes, half == 0 ? 1 : temperature(calibrate.part(0, half)));
        ClassFigures fresh = ClassFigures.of(calibrate.part(half, calibrate.rows()), target);
        AdaptiveConformal.State start = rule.initial(fresh.nonconformity(), 1.0);
        return new Finish(
                new Calibrator.Identity(), target, start, evaluation(test, ClassFigures.of(test, target), start));
    }

    private static double temperature(Scored rows) {
        double[][] margins = new double[rows.rows()][];
        int[] truths = new int[rows.rows()];
        for (int row = 0; row < truths.length; row++) {
            margins[row] = rows.row(row);
            truths[row] = (int) rows.targets()[row];
        }
        return Softmax.temperature(margins, truths);
    }

    private Evaluation evaluation(Scored test, ClassFigures figures, AdaptiveConformal.State start) {
        return new Evaluation(
                test.rows(),
                figures.accuracy(IntStream.range(0, test.rows()).toArray()),
                figures.estimates(bootstrap, Evaluator.LEVEL),
                AbstentionReplay.of(
                        rule,
                        start,
                        test.table(),
                        figures.nonconformity(),
                        (row, threshold) -> figures.setSize(row, threshold) == 1,
                        bootstrap),
                List.of(),
                List.of(),
                matrix(figures, test.table().classes()));
    }

    private static Evaluation.Matrix matrix(ClassFigures figures, List<String> classes) {
        List<List<Long>> counts = new ArrayList<>();
        for (long[] row : figures.matrix()) {
            counts.add(java.util.Arrays.stream(row).boxed().toList());
        }
        return new Evaluation.Matrix(classes, counts);
    }
}
