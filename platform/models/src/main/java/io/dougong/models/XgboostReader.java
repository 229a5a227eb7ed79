package io.dougong.models;

import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what {@code Booster.toByteArray("json" | "ubj")} of XGBoost 3.x writes
 * (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html, "JSON Schema").
 */
final class XgboostReader {

    /**
     * @param base margin that each output starts from
     */
    record Forest(int inputs, float[] base, List<Tree> trees, Task task) {}

    private XgboostReader() {}

    static Forest read(byte[] bytes) {
        try {
            return forest(map(map(document(bytes), "learner")));
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException | NumberFormatException odd) {
            throw new ModelProblem.Corrupt("XGBoost model", "a part is missing or of another type", odd);
        }
    }

    private static Object document(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != '{') {
            throw new ModelProblem.Corrupt("XGBoost model", "it is neither JSON nor UBJSON", null);
        }
        return bytes[1] == '"' || Character.isWhitespace(bytes[1]) ? json(bytes) : Ubjson.read(bytes);
    }

    private static Object json(byte[] bytes) {
        try {
            return Json.read(bytes, Object.class);
        } catch (InvalidValue malformed) {
            throw new ModelProblem.Corrupt("XGBoost model", malformed.getMessage(), malformed);
        }
    }

    private static Forest forest(Map<?, ?> learner) {
        Map<?, ?> booster = map(learner, "gradient_booster");
        String kind = text(booster, "name");
        if (!kind.equals("gbtree")) {
            throw new ModelProblem.Unsupported("Booster '" + kind + "' is not a tree ensemble of kind gbtree.", "");
        }
        Map<?, ?> model = map(booster, "model");
        double[] groups = numbers(model, "tree_info");
        List<?> trees = list(model, "trees");
        List<Tree> read = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            read.add(tree(map(trees.get(i)), (int) groups[i]));
        }
        Objective objective = Objective.of(text(map(learner, "objective"), "name"));
        Map<?, ?> shape = map(learner, "learner_model_param");
        int outputs = Math.max(1, Integer.parseInt(text(shape, "num_class")));
        int targets = Integer.parseInt(text(shape, "num_target"));
        if (targets > 1) {
            throw new ModelProblem.Unsupported("The model has " + targets + " targets.", "Train one model per target.");
        }
        float[] base = base(text(shape, "base_score"), outputs, objective);
        return checked(new Forest(Integer.parseInt(text(shape, "num_feature")), base, read, objective.task()));
    }

    /** The intercept is kept as a number or (since 3.1) as a list with one per class, before the link function. */
    private static float[] base(String text, int outputs, Objective objective) {
        String[] parts = text.replace("[", "").replace("]", "").split(",", -1);
        float[] base = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            base[i] = objective.margin(Float.parseFloat(parts[parts.length == 1 ? 0 : i].strip()));
        }
        return base;
    }

    private static Tree tree(Map<?, ?> tree, int group) {
        if (!text(map(tree, "tree_param"), "size_leaf_vector").matches("[01]")) {
            throw new ModelProblem.Unsupported("Trees with vectors at their leaves are not supported.", "");
        }
        for (double kind : numbers(tree, "split_type")) {
            if (kind != 0) {
                throw new ModelProblem.Unsupported(
                        "The trees split on native categories.", "Train on dictionary codes as numbers.");
            }
        }
        double[] directions = numbers(tree, "default_left");
        boolean[] defaultLeft = new boolean[directions.length];
        for (int i = 0; i < directions.length; i++) {
            defaultLeft[i] = directions[i] != 0;
        }
        return new Tree(
                group,
                ints(tree, "left_children"),
                ints(tree, "right_children"),
                ints(tree, "split_indices"),
                floats(tree, "split_conditions"),
                defaultLeft,
                floats(tree, "sum_hessian"));
    }

    private static Forest checked(Forest forest) {
        for (Tree tree : forest.trees()) {
            for (int node = 0; node < tree.nodes(); node++) {
                boolean good = tree.isLeaf(node)
                        || tree.left()[node] > node
                                && tree.right()[node] > node
                                && tree.left()[node] < tree.nodes()
                                && tree.right()[node] < tree.nodes()
                                && tree.feature()[node] < forest.inputs();
                if (!good || tree.nodes() == 0 || tree.group() >= forest.base().length) {
                    throw new ModelProblem.Corrupt("XGBoost model", "node " + node + " points nowhere", null);
                }
            }
        }
        return forest;
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static Map<?, ?> map(Object parent, String name) {
        return (Map<?, ?>) member(parent, name);
    }

    private static Object member(Object parent, String name) {
        return Objects.requireNonNull(map(parent).get(name), name);
    }

    private static String text(Map<?, ?> parent, String name) {
        return (String) member(parent, name);
    }

    private static List<?> list(Map<?, ?> parent, String name) {
        return (List<?>) member(parent, name);
    }

    /** A typed array of UBJSON, or a list of numbers. A decimal that was printed for a float parses to a double that rounds to it. */
    private static double[] numbers(Map<?, ?> parent, String name) {
        Object value = member(parent, name);
        return value instanceof double[] typed
                ? typed
                : ((List<?>) value)
                        .stream()
                                .mapToDouble(each -> ((Number) each).doubleValue())
                                .toArray();
    }

    private static int[] ints(Map<?, ?> parent, String name) {
        double[] numbers = numbers(parent, name);
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) numbers[i];
        }
        return ints;
    }

    private static float[] floats(Map<?, ?> parent, String name) {
        double[] numbers = numbers(parent, name);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
