package io.dougong.serving;

import io.dougong.decisions.Score;
import io.dougong.models.LoadedModel;
import io.dougong.models.Spread;
import io.dougong.models.Target;
import java.util.Map;
import java.util.TreeMap;

/** Reads a model's margins: calibrated probabilities, or a value with its spread. */
public final class Scoring {

    private Scoring() {}

    public static Score score(LoadedModel model, double[] margins) {
        return switch (model.card().target()) {
            case null -> new Score.Binary(margins[0], model.probability(margins[0]));
            case Target.Classes target -> several(target, margins);
            case Target.Amount(Spread spread) -> Score.Amount.of(margins[0], spread.at(margins[0]));
        };
    }

    private static Score.Classes several(Target.Classes target, double[] margins) {
        double[] probabilities = target.probabilities(margins);
        Map<String, Double> classes = new TreeMap<>();
        for (int each = 0; each < probabilities.length; each++) {
            classes.put(target.names().get(each), probabilities[each]);
        }
        int top = top(margins);
        return new Score.Classes(target.names().get(top), margins[top], classes);
    }

    /** The place of the largest margin; of equal ones the first. */
    public static int top(double[] margins) {
        int top = 0;
        for (int each = 1; each < margins.length; each++) {
            top = margins[each] > margins[top] ? each : top;
        }
        return top;
    }
}
