package io.dougong.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The same forest as an ONNX file: one TreeEnsembleRegressor (ai.onnx.ml, opset 3) of BRANCH_LT nodes that sums to the margin.
 * Written as protobuf by hand: onnx.proto, IR version 8.
 */
final class OnnxForest {

    private static final int FLOAT = 1;
    private static final int ATTRIBUTE_FLOATS = 6;
    private static final int ATTRIBUTE_INTS = 7;
    private static final int ATTRIBUTE_STRINGS = 8;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_FLOAT_LIST = 7;
    private static final int ATTRIBUTE_INT_LIST = 8;
    private static final int ATTRIBUTE_STRING_LIST = 9;

    private static final String[] INTS = {
        "nodes_treeids",
        "nodes_nodeids",
        "nodes_featureids",
        "nodes_truenodeids",
        "nodes_falsenodeids",
        "nodes_missing_value_tracks_true",
        "target_treeids",
        "target_nodeids",
        "target_ids"
    };

    private final Message[] ints = new Message[INTS.length];
    private final Message modes = new Message();
    private final Message values = new Message();
    private final Message weights = new Message();

    private OnnxForest() {
        for (int i = 0; i < ints.length; i++) {
            ints[i] = new Message();
        }
    }

    static byte[] write(byte[] xgboostJson, int inputs) {
        JsonNode learner = Json.tree(xgboostJson).required("learner");
        JsonNode trees = learner.required("gradient_booster").required("model").required("trees");
        OnnxForest forest = new OnnxForest();
        for (int t = 0; t < trees.size(); t++) {
            forest.add(t, trees.required(t));
        }
        Message graph = new Message();
        graph.message(1, forest.node(logit(learner)));
        graph.text(2, "forest");
        graph.message(11, valueInfo("x", inputs));
        graph.message(12, valueInfo("margin", 1));
        Message model = new Message();
        model.number(1, 8);
        model.message(7, graph);
        model.message(8, opset("", 13));
        model.message(8, opset("ai.onnx.ml", 3));
        return model.bytes();
    }

    /** The intercept of a logistic objective is kept as a probability, in a list of one. */
    private static float logit(JsonNode learner) {
        String score =
                learner.required("learner_model_param").required("base_score").textValue();
        double p = Double.parseDouble(score.replace("[", "").replace("]", ""));
        return (float) Math.log(p / (1 - p));
    }

    private void add(int id, JsonNode tree) {
        int nodes = tree.required("left_children").size();
        for (int n = 0; n < nodes; n++) {
            int left = tree.required("left_children").required(n).intValue();
            boolean leaf = left < 0;
            float threshold = tree.required("split_conditions").required(n).floatValue();
            int right = leaf ? 0 : tree.required("right_children").required(n).intValue();
            int missing = leaf ? 0 : tree.required("default_left").required(n).intValue();
            int feature = leaf ? 0 : tree.required("split_indices").required(n).intValue();
            long[] fields = {id, n, feature, leaf ? 0 : left, right, missing};
            for (int i = 0; i < fields.length; i++) {
                ints[i].number(ATTRIBUTE_INT_LIST, fields[i]);
            }
            modes.text(ATTRIBUTE_STRING_LIST, leaf ? "LEAF" : "BRANCH_LT");
            values.decimal(ATTRIBUTE_FLOAT_LIST, leaf ? 0f : threshold);
            if (leaf) {
                ints[6].number(ATTRIBUTE_INT_LIST, id);
                ints[7].number(ATTRIBUTE_INT_LIST, n);
                ints[8].number(ATTRIBUTE_INT_LIST, 0);
                weights.decimal(ATTRIBUTE_FLOAT_LIST, threshold);
            }
        }
    }

    private Message node(float base) {
        Message node = new Message();
        node.text(1, "x");
        node.text(2, "margin");
        node.text(4, "TreeEnsembleRegressor");
        for (int i = 0; i < INTS.length; i++) {
            node.message(5, attribute(INTS[i], ATTRIBUTE_INTS, ints[i]));
        }
        node.message(5, attribute("nodes_modes", ATTRIBUTE_STRINGS, modes));
        node.message(5, attribute("nodes_values", ATTRIBUTE_FLOATS, values));
        node.message(5, attribute("target_weights", ATTRIBUTE_FLOATS, weights));
        Message one = new Message();
        one.number(3, 1);
        node.message(5, attribute("n_targets", ATTRIBUTE_INT, one));
        Message start = new Message();
        start.decimal(ATTRIBUTE_FLOAT_LIST, base);
        node.message(5, attribute("base_values", ATTRIBUTE_FLOATS, start));
        node.text(7, "ai.onnx.ml");
        return node;
    }

    private static Message attribute(String name, int type, Message content) {
        Message attribute = new Message();
        attribute.text(1, name);
        attribute.out.writeBytes(content.bytes());
        attribute.number(20, type);
        return attribute;
    }

    private static Message opset(String domain, int version) {
        Message opset = new Message();
        opset.text(1, domain);
        opset.number(2, version);
        return opset;
    }

    private static Message valueInfo(String name, int columns) {
        Message rows = new Message();
        rows.text(2, "rows");
        Message width = new Message();
        width.number(1, columns);
        Message shape = new Message();
        shape.message(1, rows);
        shape.message(1, width);
        Message tensor = new Message();
        tensor.number(1, FLOAT);
        tensor.message(2, shape);
        Message type = new Message();
        type.message(1, tensor);
        Message info = new Message();
        info.text(1, name);
        info.message(2, type);
        return info;
    }

    /** A protobuf message as it grows. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] bytes() {
            return out.toByteArray();
        }

        void number(int field, long value) {
            varint((long) field << 3);
            varint(value);
        }

        void decimal(int field, float value) {
            varint((long) field << 3 | 5);
            int bits = Float.floatToRawIntBits(value);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                out.write(bits >>> shift);
            }
        }

        void text(int field, String value) {
            block(field, value.getBytes(StandardCharsets.UTF_8));
        }

        void message(int field, Message message) {
            block(field, message.bytes());
        }

        private void block(int field, byte[] content) {
            varint((long) field << 3 | 2);
            varint(content.length);
            out.writeBytes(content);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
