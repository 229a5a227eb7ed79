package io.dougong.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class InferReaderTest {

    private static InferRequest json(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        return InferReader.read(body, body.length);
    }

    /** The example of the protocol's page, with one tensor in nested lists. */
    @Test
    void numbersMayBeNested() {
        InferRequest request = json("""
                {"id": "42", "inputs": [
                  {"name": "input0", "shape": [2, 2], "datatype": "UINT32", "data": [[1, 2], [3, 4]]},
                  {"name": "input1", "shape": [3], "datatype": "BOOL", "data": [true, false, true]}],
                 "outputs": [{"name": "output0"}]}""");
        assertThat(request.id()).isEqualTo("42");
        assertThat(((Tensor.Numbers) request.inputs().get(0)).values()).containsExactly(1, 2, 3, 4);
        assertThat(((Tensor.Numbers) request.inputs().get(1)).values()).containsExactly(1, 0, 1);
        assertThat(request.outputs()).containsExactly(new InferRequest.Wanted("output0", false));
    }

    @Property(tries = 300)
    void binaryAndJsonSayTheSame(
            @ForAll @Size(min = 1, max = 20) List<Float> numbers,
            @ForAll @Size(min = 1, max = 20) List<@StringLength(max = 8) String> texts) {
        ByteBuffer floats = ByteBuffer.allocate(4 * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
        numbers.forEach(floats::putFloat);
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] own = text.getBytes(StandardCharsets.UTF_8);
            strings.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(own.length)
                    .array());
            strings.writeBytes(own);
        }
        InferRequest request = binary(
                tensor("n", "FP32", numbers.size(), 4 * numbers.size()) + ","
                        + tensor("t", "BYTES", texts.size(), strings.size()),
                floats.array(),
                strings.toByteArray());
        assertThat(((Tensor.Numbers) request.inputs().get(0)).values())
                .containsExactly(
                        numbers.stream().mapToDouble(Float::doubleValue).toArray());
        assertThat(((Tensor.Texts) request.inputs().get(1)).values())
                .isEqualTo(texts.stream()
                        .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .toList());
    }

    /** Of every type the least and the largest number, written by hand as the protocol says. */
    @Test
    void everyTypeHasItsWidthAndSign() {
        assertThat(read("UINT8", 0xff)).isEqualTo(255);
        assertThat(read("INT8", 0x80)).isEqualTo(-128);
        assertThat(read("UINT16", 0xff, 0xff)).isEqualTo(65_535);
        assertThat(read("INT16", 0x00, 0x80)).isEqualTo(-32_768);
        assertThat(read("UINT32", 0xff, 0xff, 0xff, 0xff)).isEqualTo(4_294_967_295.0);
        assertThat(read("INT32", 0x00, 0x00, 0x00, 0x80)).isEqualTo(-2_147_483_648.0);
        assertThat(read("UINT64", 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
                .isEqualTo(0x1p64);
        assertThat(read("INT64", 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
                .isEqualTo(-2);
        assertThat(read("FP16", 0x00, 0x3e)).isEqualTo(1.5);
        assertThat(read("BOOL", 7)).isEqualTo(1);
    }

    private static double read(String datatype, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) bytes[i];
        }
        InferRequest request = binary(tensor("x", datatype, 1, data.length), data);
        return ((Tensor.Numbers) request.inputs().getFirst()).values()[0];
    }

    @Property(tries = 200)
    void whatIsCutOffAnywhereIsRefused(@ForAll @IntRange(min = 0, max = 10_000) int at) {
        byte[] data = new byte[24];
        String head = "{\"inputs\":[" + tensor("x", "FP64", 3, 24) + "]}";
        byte[] whole = concat(head.getBytes(StandardCharsets.UTF_8), data);
        byte[] cut = Arrays.copyOf(whole, at % whole.length);
        assertThatThrownBy(() -> InferReader.read(cut, Math.min(head.length(), cut.length)))
                .isInstanceOf(Problem.class);
    }

    @Property(tries = 100)
    void aTensorThatComesTwiceIsRefused(
            @ForAll @Size(min = 1, max = 5) @UniqueElements List<@IntRange Integer> numbers) {
        String one =
                "{\"name\":\"x\",\"datatype\":\"INT32\",\"shape\":[%d],\"data\":%s}".formatted(numbers.size(), numbers);
        assertThatThrownBy(() -> json("{\"inputs\":[" + one + "," + one + "]}")).hasMessageContaining("comes twice");
    }

    @Test
    void shapesMustFitAndElementsBeOfTheirType() {
        assertThatThrownBy(() -> json(one("FP64", "[2]", "[1]"))).hasMessageContaining("shape [2] but 1 elements");
        assertThatThrownBy(() -> json(one("FP64", "[1]", "[\"a\"]"))).hasMessageContaining("holds \"a\"");
        assertThatThrownBy(() -> json(one("BOOL", "[1]", "[1]"))).hasMessageContaining("holds 1");
        assertThatThrownBy(() -> json(one("BYTES", "[1]", "[1]"))).hasMessageContaining("holds 1");
        assertThatThrownBy(() -> json(one("FP65", "[1]", "[1]")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.advice()).contains("FP64"));
        assertThatThrownBy(() -> json(one("FP64", "[2147483647, 2147483647]", "[1]")))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> json(one("FP64", "[-1]", "[1]"))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> json("{}")).hasMessageContaining("no list of inputs");
    }

    private static String one(String datatype, String shape, String data) {
        return "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
                .formatted(datatype, shape, data);
    }

    private static String tensor(String name, String datatype, int elements, int bytes) {
        return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[%d],\"parameters\":{\"binary_data_size\":%d}}"
                .formatted(name, datatype, elements, bytes);
    }

    private static InferRequest binary(String tensors, byte[]... data) {
        byte[] head = ("{\"inputs\":[" + tensors + "]}").getBytes(StandardCharsets.UTF_8);
        byte[] whole = head;
        for (byte[] each : data) {
            whole = concat(whole, each);
        }
        return InferReader.read(whole, head.length);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] whole = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, whole, a.length, b.length);
        return whole;
    }
}
