package io.dougong.learn.logistic;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.AdditiveClasses;
import io.dougong.models.AdditiveModel;
import io.dougong.models.LinearModel;
import io.dougong.models.Model;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Logistic regression with an L2 penalty on standardised inputs. Text enters as one input per value that is not rare, and a
 * column with missing values gets an input that says so; a table without either stays a plain linear model. Of several classes each gets a
 * regression against the rest; a number gets a linear regression with the same penalty.
 */
public final class LogisticTrainer implements Trainer {

    /** The solver's matrix has the square of this many numbers. */
    private static final int MOST_FEATURES = 2_000;

    @Override
    public boolean trains(TrainerDefinition definition) {
        return definition instanceof TrainerDefinition.Logistic;
    }

    @Override
    public TextOrder textOrder(TrainerDefinition definition) {
        return TextOrder.TARGET_MEAN;
    }

    @Override
    public Fitted fit(TrainerDefinition definition, TrainingTable table, long seed, Progress progress) {
        double l2 = ((TrainerDefinition.Logistic) definition).l2();
        check(l2, table.names().size());
        if (table.task() == Task.MULTICLASS) {
            return classes(table, l2, progress);
        }
        if (table.task() == Task.REGRESSION) {
            OneHotRows inputs = new OneHotRows(table);
            return fitted(inputs.model(new RidgeRegression(inputs, table, l2).fit()), l2, "cholesky", inputs);
        }
        if (OneHotRows.needed(table)) {
            OneHotRows inputs = new OneHotRows(table);
            return fitted(inputs.model(new NewtonLogistic(inputs, l2).fit(progress)), l2, "newton", inputs);
        }
        StandardRows rows = new StandardRows(table);
        double[] weights = new NewtonLogistic(rows, l2).fit(progress);
        LinearModel model = new LinearModel(rows.unscaled(weights), rows.means(), weights[rows.columns()]);
        return new Fitted(LinearModel.FORMAT, model.bytes(), Map.of("l2", Double.toString(l2), "solver", "newton"));
    }

    private static Fitted classes(TrainingTable table, double l2, Progress progress) {
        OneHotRows inputs = new OneHotRows(table);
        List<AdditiveModel> classes = new ArrayList<>();
        for (int place = 0; place < table.classes().size(); place++) {
            NewtonLogistic newton = new NewtonLogistic(new AgainstTheRest(inputs, table, place), l2);
            classes.add(inputs.model(newton.fit(progress)));
        }
        return fitted(new AdditiveClasses(classes), l2, "newton", inputs);
    }

    private static Fitted fitted(Model model, double l2, String solver, OneHotRows inputs) {
        return new Fitted(
                model.format(),
                model.bytes(),
                Map.of("l2", Double.toString(l2), "solver", solver, "inputs", Integer.toString(inputs.columns())));
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
