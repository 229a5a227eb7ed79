package io.dougong.serving.oip;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a request: JSON, and behind it the binary data of the tensors that say how many bytes are theirs, in their order. */
public final class InferReader {

    private static final String BINARY_SIZE = "binary_data_size";

    private final ByteBuffer binary;

    private InferReader(ByteBuffer binary) {
        this.binary = binary;
    }

    /** @param jsonBytes how many bytes of the body are JSON; all if there is no binary data */
    public static InferRequest read(byte[] body, int jsonBytes) {
        if (jsonBytes < 0 || jsonBytes > body.length) {
            throw InferenceProblem.malformed(
                    "The header says " + jsonBytes + " bytes of JSON, the body has " + body.length + ".");
        }
        ByteBuffer binary =
                ByteBuffer.wrap(body, jsonBytes, body.length - jsonBytes).order(ByteOrder.LITTLE_ENDIAN);
        return new InferReader(binary).request(Json.tree(Arrays.copyOf(body, jsonBytes)));
    }

    private InferRequest request(JsonNode json) {
        if (!json.path("inputs").isArray()) {
            throw InferenceProblem.malformed("The request has no list of inputs.");
        }
        List<Tensor> inputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode input : json.path("inputs")) {
            Tensor tensor = tensor(input);
            if (!names.add(tensor.name())) {
                throw InferenceProblem.repeated(tensor.name());
            }
            inputs.add(tensor);
        }
        if (binary.hasRemaining()) {
            throw InferenceProblem.malformed(binary.remaining() + " bytes of binary data belong to no tensor.");
        }
        boolean inBinary = json.path("parameters").path("binary_data_output").asBoolean(false);
        List<InferRequest.Wanted> outputs = new ArrayList<>();
        for (JsonNode output : json.path("outputs")) {
            outputs.add(new InferRequest.Wanted(
                    output.path("name").asText(),
                    output.path("parameters").path("binary_data").asBoolean(inBinary)));
        }
        return new InferRequest(json.path("id").asText(""), inputs, outputs, inBinary);
    }

    private Tensor tensor(JsonNode input) {
        String name = input.path("name").asText("");
        Datatype datatype = Datatype.named(input.path("datatype").asText(""));
        List<Long> shape = new ArrayList<>();
        input.path("shape").forEach(size -> shape.add(size.asLong(-1)));
        long elements = elements(name, shape);
        JsonNode size = input.path("parameters").path(BINARY_SIZE);
        Tensor tensor = size.isMissingNode()
                ? ofJson(name, datatype, shape, input.path("data"))
                : ofBinary(name, datatype, shape, size.asLong(-1), elements);
        if (tensor.elements() != elements) {
            throw InferenceProblem.wrongSize(name, shape, tensor.elements());
        }
        return tensor;
    }

    private static long elements(String name, List<Long> shape) {
        long elements = 1;
        for (long size : shape) {
            if (size < 0 || size > Integer.MAX_VALUE || elements * size > Integer.MAX_VALUE) {
                throw InferenceProblem.malformed("Tensor '" + name + "' has shape " + shape + ".");
            }
            elements *= size;
        }
        return elements;
    }

    // JSON

    private static Tensor ofJson(String name, Datatype datatype, List<Long> shape, JsonNode data) {
        if (!data.isArray()) {
            throw InferenceProblem.malformed("Tensor '" + name + "' has no data.");
        }
        List<JsonNode> flat = new ArrayList<>();
        flatten(data, flat);
        if (datatype == Datatype.BYTES) {
            return new Tensor.Texts(
                    name, shape, flat.stream().map(each -> text(name, each)).toList());
        }
        return new Tensor.Numbers(
                name,
                datatype,
                shape,
                flat.stream().mapToDouble(each -> number(name, datatype, each)).toArray());
    }

    private static void flatten(JsonNode data, List<JsonNode> flat) {
        for (JsonNode each : data) {
            if (each.isArray()) {
                flatten(each, flat);
            } else {
                flat.add(each);
            }
        }
    }

    private static String text(String name, JsonNode element) {
        if (element.isNull()) {
            return "";
        }
        if (!element.isTextual()) {
            throw InferenceProblem.wrongElement(name, Datatype.BYTES, element.toString());
        }
        return element.asText();
    }

    private static double number(String name, Datatype datatype, JsonNode element) {
        if (element.isNull()) {
            return Double.NaN;
        }
        if (datatype == Datatype.BOOL ? !element.isBoolean() : !element.isNumber()) {
            throw InferenceProblem.wrongElement(name, datatype, element.toString());
        }
        return element.isBoolean() ? element.asBoolean() ? 1 : 0 : element.asDouble();
    }

    // Binary

    private Tensor ofBinary(String name, Datatype datatype, List<Long> shape, long bytes, long elements) {
        if (bytes < 0 || bytes > binary.remaining()) {
            throw InferenceProblem.cutOff(name, bytes, binary.remaining());
        }
        ByteBuffer own = binary.slice(binary.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        binary.position(binary.position() + (int) bytes);
        if (datatype == Datatype.BYTES) {
            return new Tensor.Texts(name, shape, texts(name, own));
        }
        if (bytes != elements * datatype.width()) {
            throw InferenceProblem.wrongSize(name, shape, bytes / datatype.width());
        }
        double[] values = new double[(int) elements];
        for (int i = 0; i < values.length; i++) {
            values[i] = datatype.read(own);
        }
        return new Tensor.Numbers(name, datatype, shape, values);
    }

    private static List<String> texts(String name, ByteBuffer own) {
        List<String> texts = new ArrayList<>();
        while (own.hasRemaining()) {
            int length = own.remaining() < Integer.BYTES ? -1 : own.getInt();
            if (length < 0 || length > own.remaining()) {
                throw InferenceProblem.cutOff(name, length, own.remaining());
            }
            byte[] text = new byte[length];
            own.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
