package io.dougong.models.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX files: protobuf wire format (varints and length-delimited fields) of onnx.proto, IR version 8. */
final class OnnxWriter {

    private static final int FLOAT = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private OnnxWriter() {}

    /** One Gemm node (x W + b), optionally followed by Sigmoid; input {@code x}. */
    static byte[] linear(float[] weights, float bias, String output, boolean sigmoid, int declaredInputs) {
        OnnxWriter graph = new OnnxWriter();
        graph.message(1, node("Gemm", new String[] {"x", "W", "b"}, sigmoid ? "m" : output));
        if (sigmoid) {
            graph.message(1, node("Sigmoid", new String[] {"m"}, output));
        }
        graph.text(2, "g");
        graph.message(5, tensor("W", new long[] {weights.length, 1}, weights));
        graph.message(5, tensor("b", new long[] {1}, new float[] {bias}));
        graph.message(11, valueInfo("x", declaredInputs));
        graph.message(12, valueInfo(output, 1));
        OnnxWriter model = new OnnxWriter();
        model.number(1, 8);
        model.message(7, graph);
        OnnxWriter opset = new OnnxWriter();
        opset.number(2, 13);
        model.message(8, opset);
        return model.out.toByteArray();
    }

    private static OnnxWriter node(String operator, String[] inputs, String output) {
        OnnxWriter node = new OnnxWriter();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, output);
        node.text(4, operator);
        return node;
    }

    private static OnnxWriter tensor(String name, long[] shape, float[] values) {
        OnnxWriter tensor = new OnnxWriter();
        for (long size : shape) {
            tensor.number(1, size);
        }
        tensor.number(2, FLOAT);
        for (float value : values) {
            tensor.varint(4 << 3 | 5);
            int bits = Float.floatToRawIntBits(value);
            for (int shift = 0; shift < 32; shift += 8) {
                tensor.out.write(bits >>> shift);
            }
        }
        tensor.text(8, name);
        return tensor;
    }

    private static OnnxWriter valueInfo(String name, int columns) {
        OnnxWriter rows = new OnnxWriter();
        rows.text(2, "rows");
        OnnxWriter width = new OnnxWriter();
        width.number(1, columns);
        OnnxWriter shape = new OnnxWriter();
        shape.message(1, rows);
        shape.message(1, width);
        OnnxWriter tensor = new OnnxWriter();
        tensor.number(1, FLOAT);
        tensor.message(2, shape);
        OnnxWriter type = new OnnxWriter();
        type.message(1, tensor);
        OnnxWriter info = new OnnxWriter();
        info.text(1, name);
        info.message(2, type);
        return info;
    }

    private void number(int field, long value) {
        varint((long) field << 3);
        varint(value);
    }

    private void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private void message(int field, OnnxWriter message) {
        bytes(field, message.out.toByteArray());
    }

    private void bytes(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        out.writeBytes(value);
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
