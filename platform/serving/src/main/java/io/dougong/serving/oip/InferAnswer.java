package io.dougong.serving.oip;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a model answers. Outputs are FP64, or texts.
 *
 * @param id of the request; empty if it had none
 */
public record InferAnswer(String model, String version, String id, List<Tensor> outputs) {

    public InferAnswer {
        outputs = List.copyOf(outputs);
    }

    /** @param jsonBytes of the body; −1 if all of it is JSON */
    @SuppressWarnings("ArrayRecordComponent")
    public record Body(byte[] bytes, int jsonBytes) {}

    /** The outputs that the request wants, each as it wants it. */
    public Body body(InferRequest request) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("model_name", model).put("model_version", version);
        if (!id.isEmpty()) {
            json.put("id", id);
        }
        ArrayNode listed = json.putArray("outputs");
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        for (Tensor output : outputs) {
            request.wanted(output.name()).ifPresent(wanted -> add(listed.addObject(), output, wanted.binary(), binary));
        }
        byte[] head = Json.bytes(json);
        if (binary.size() == 0) {
            return new Body(head, -1);
        }
        byte[] tail = binary.toByteArray();
        byte[] whole = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return new Body(whole, head.length);
    }

    private static void add(ObjectNode json, Tensor output, boolean inBinary, ByteArrayOutputStream binary) {
        json.put("name", output.name()).put("datatype", output.datatype().name());
        output.shape().forEach(json.putArray("shape")::add);
        if (inBinary) {
            byte[] bytes = bytes(output);
            binary.writeBytes(bytes);
            json.putObject("parameters").put("binary_data_size", bytes.length);
        } else {
            data(json.putArray("data"), output);
        }
    }

    private static void data(ArrayNode data, Tensor output) {
        switch (output) {
            case Tensor.Numbers numbers -> {
                for (double value : numbers.values()) {
                    data.add(value);
                }
            }
            case Tensor.Texts texts -> texts.values().forEach(data::add);
        }
    }

    private static byte[] bytes(Tensor output) {
        return switch (output) {
            case Tensor.Numbers numbers -> {
                ByteBuffer buffer = ByteBuffer.allocate(numbers.values().length * Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
                buffer.asDoubleBuffer().put(numbers.values());
                yield buffer.array();
            }
            case Tensor.Texts texts -> bytes(texts.values());
        };
    }

    private static byte[] bytes(List<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] own = text.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(own.length)
                    .array());
            bytes.writeBytes(own);
        }
        return bytes.toByteArray();
    }
}
