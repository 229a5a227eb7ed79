package io.dougong.manifest;

import io.dougong.documents.Node;
import io.dougong.learn.Gate;
import io.dougong.learn.TrainerDefinition;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Trainers and gates from their YAML form, which has the right shape. */
final class Trainers {

    private Trainers() {}

    static TrainerDefinition read(Node.Entries map) {
        if (map.has("xgboost")) {
            return xgboost(map.map("xgboost"));
        }
        if (map.has("tuned")) {
            Node.Entries tuned = map.map("tuned");
            return new TrainerDefinition.Tuned(
                    tuned.whole("candidates"), tuned.whole("folds"), monotone(tuned.map("monotone")));
        }
        return map.has("logistic")
                ? new TrainerDefinition.Logistic(map.map("logistic").decimal("l2"))
                : new TrainerDefinition.OnnxImport(map.map("onnx").text("file"));
    }

    private static TrainerDefinition xgboost(Node.Entries map) {
        return new TrainerDefinition.Xgboost(
                map.whole("trees"),
                map.whole("depth"),
                map.decimal("learning_rate"),
                map.decimal("subsample"),
                map.decimal("column_sample"),
                map.decimal("min_child_weight"),
                map.decimal("lambda"),
                monotone(map.map("monotone")));
    }

    private static Map<String, Integer> monotone(Node.Entries map) {
        Map<String, Integer> directions = new HashMap<>();
        map.entries()
                .forEach((feature, entry) ->
                        directions.put(feature, Node.text(entry.node()).equals(ModelGrammar.RISING) ? 1 : -1));
        return directions;
    }

    static Gate gate(Node node) {
        var metric = Node.map(node).entries().entrySet().iterator().next();
        var bound = Node.map(metric.getValue().node())
                .entries()
                .entrySet()
                .iterator()
                .next();
        return new Gate(
                Gate.Metric.valueOf(metric.getKey().toUpperCase(Locale.ROOT)),
                Gate.Bound.valueOf(bound.getKey().toUpperCase(Locale.ROOT)),
                Node.decimal(bound.getValue().node()));
    }
}
