package io.dougong.learn.logistic;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.AdditiveModel;
import io.dougong.models.LinearModel;
import java.util.Map;

/**
 * Logistic regression with an L2 penalty on standardised inputs. Text enters as one input per value that is not rare, and a
 * column with missing values gets an input that says so; a table without either stays a plain linear model.
 */
public final class LogisticTrainer implements Trainer {

    /** The solver's matrix has the square of this many numbers. */
    private static final int MOST_FEATURES = 2_000;

    @Override
    public boolean trains(TrainerDefinition definition) {
        return definition instanceof TrainerDefinition.Logistic;
    }

    @Override
    public TextOrder textOrder() {
        return TextOrder.POSITIVE_SHARE;
    }

    @Override
    public Fitted fit(TrainerDefinition definition, TrainingTable table, long seed, Progress progress) {
        double l2 = ((TrainerDefinition.Logistic) definition).l2();
        check(l2, table.names().size());
        if (OneHotRows.needed(table)) {
            return oneHot(table, l2, progress);
        }
        StandardRows rows = new StandardRows(table);
        double[] weights = new NewtonLogistic(rows, l2).fit(progress);
        LinearModel model = new LinearModel(rows.unscaled(weights), rows.means(), weights[rows.columns()]);
        return new Fitted(LinearModel.FORMAT, model.bytes(), Map.of("l2", Double.toString(l2), "solver", "newton"));
    }

    private static Fitted oneHot(TrainingTable table, double l2, Progress progress) {
        OneHotRows rows = new OneHotRows(table);
        double[] weights = new NewtonLogistic(rows, l2).fit(progress);
        AdditiveModel model = rows.model(weights);
        return new Fitted(
                AdditiveModel.FORMAT,
                model.bytes(),
                Map.of("l2", Double.toString(l2), "solver", "newton", "inputs", Integer.toString(rows.columns())));
    }

    private static void check(double l2, int features) {
        if (!(l2 >= 0 && l2 < Double.POSITIVE_INFINITY)) {
            throw LearnProblem.badTrainer("l2 is " + l2 + ".", "It must be 0 or more; 1 is a good start.");
        }
        if (features > MOST_FEATURES) {
            throw LearnProblem.badTrainer(
                    "Logistic regression takes at most " + MOST_FEATURES + " features, not " + features + ".",
                    "Maybe use xgboost.");
        }
    }
}
