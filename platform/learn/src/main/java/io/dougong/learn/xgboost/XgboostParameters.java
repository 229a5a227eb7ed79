package io.dougong.learn.xgboost;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.models.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A definition in the library's words. */
final class XgboostParameters {

    private XgboostParameters() {}

    static Map<String, Object> of(TrainerDefinition.Xgboost definition, TrainingTable table, int threads, long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", objective(table.task()));
        if (table.task() == Task.MULTICLASS) {
            parameters.put("num_class", table.classes().size());
        }
        parameters.put("tree_method", "hist");
        parameters.put("nthread", threads);
        parameters.put("seed", Math.floorMod(seed, (long) Integer.MAX_VALUE));
        parameters.put("max_depth", definition.depth());
        parameters.put("eta", definition.learningRate());
        parameters.put("subsample", definition.subsample());
        parameters.put("colsample_bytree", definition.columnSample());
        parameters.put("min_child_weight", definition.minChildWeight());
        parameters.put("lambda", definition.lambda());
        parameters.put("verbosity", 0);
        if (!definition.monotone().isEmpty()) {
            parameters.put("monotone_constraints", monotone(definition.monotone(), table.names()));
        }
        return parameters;
    }

    /** The loss that a search goes by. */
    static String loss(Task task) {
        return switch (task) {
            case BINARY -> "logloss";
            case MULTICLASS -> "mlogloss";
            case REGRESSION -> "rmse";
        };
    }

    private static String objective(Task task) {
        return switch (task) {
            case BINARY -> "binary:logistic";
            case MULTICLASS -> "multi:softprob";
            case REGRESSION -> "reg:squarederror";
        };
    }

    private static String monotone(Map<String, Integer> constraints, List<String> names) {
        for (String name : constraints.keySet()) {
            if (!names.contains(name)) {
                throw LearnProblem.badTrainer(
                        "The monotone constraint names '" + name + "', which is no feature of the model.", "");
            }
        }
        return "("
                + String.join(
                        ",", names.stream().map(name -> sign(name, constraints)).toList()) + ")";
    }

    private static String sign(String name, Map<String, Integer> constraints) {
        int sign = constraints.getOrDefault(name, 0);
        if (Math.abs(sign) > 1) {
            throw LearnProblem.badTrainer(
                    "The monotone constraint of '" + name + "' is " + sign + ".", "Use 1 to rise or -1 to fall.");
        }
        return Integer.toString(sign);
    }
}
