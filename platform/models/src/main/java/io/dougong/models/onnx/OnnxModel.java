package io.dougong.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.dougong.models.Model;
import io.dougong.models.ModelFormat;
import io.dougong.models.ModelProblem;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX model with one float input of shape [rows, features] and a float output of shape [rows, k] or [rows]. An output whose name
 * begins with {@code prob} holds probabilities, as the converters of scikit-learn and others name it, and is turned into
 * log-odds (of the second class, if there are two); any other output is the margin. One thread, sequential, deterministic kernels:
 * equal bits on the same runtime and CPU, which {@link #runtime()} names. Runs native code: call it on platform threads.
 */
public final class OnnxModel implements Model, AutoCloseable {

    public static final String FORMAT = "onnx";

    private static final double SMALLEST_PROBABILITY = 1e-15;

    private final byte[] bytes;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final String output;
    private final int inputs;
    private final int columns;
    private final boolean probabilities;
    private final String runtime;

    private OnnxModel(byte[] bytes, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.bytes = bytes;
        this.environment = environment;
        this.session = session;
        NodeInfo in = onlyFloats(session.getInputInfo(), "input");
        NodeInfo out = onlyFloats(session.getOutputInfo(), "output");
        this.input = in.getName();
        this.output = out.getName();
        this.inputs = width(in);
        this.columns = width(out);
        this.probabilities = output.toLowerCase(Locale.ROOT).startsWith("prob");
        this.runtime = "onnxruntime-" + environment.getVersion() + "/" + CpuFingerprint.read();
    }

    /** The format, for the node's list. */
    public static ModelFormat asFormat() {
        return ModelFormat.of(FORMAT, OnnxModel::read);
    }

    /** @throws ModelProblem if ONNX Runtime does not take the bytes, or the shapes are others */
    public static OnnxModel read(byte[] bytes) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            return open(bytes.clone(), environment, environment.createSession(bytes, options));
        } catch (OrtException refused) {
            throw new ModelProblem.Corrupt("ONNX model", String.valueOf(refused.getMessage()), refused);
        }
    }

    private static OnnxModel open(byte[] bytes, OrtEnvironment environment, OrtSession session) throws OrtException {
        try {
            return new OnnxModel(bytes, environment, session);
        } catch (OrtException | ModelProblem unfit) {
            session.close();
            throw unfit;
        }
    }

    private static NodeInfo onlyFloats(Map<String, NodeInfo> nodes, String what) {
        var floats = nodes.values().stream()
                .filter(node -> node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT)
                .toList();
        if (floats.size() != 1 || what.equals("input") && nodes.size() != 1) {
            throw new ModelProblem.Unsupported(
                    "The ONNX model has the " + what + "s " + nodes.keySet() + ", of which " + floats.size()
                            + " are float tensors.",
                    "Export it with one float tensor as " + what + " (and without ZipMap).");
        }
        return floats.getFirst();
    }

    private static int width(NodeInfo node) {
        long[] shape = ((TensorInfo) node.getInfo()).getShape();
        if (shape.length == 1) {
            return 1;
        }
        if (shape.length != 2 || shape[1] < 1) {
            throw new ModelProblem.Unsupported(
                    "'" + node.getName() + "' does not have the shape [rows, columns].",
                    "Export it with a fixed number of columns.");
        }
        return Math.toIntExact(shape[1]);
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String runtime() {
        return runtime;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return probabilities && columns == 2 ? 1 : columns;
    }

    @Override
    public void margins(float[] row, double[] out) {
        margins(row, 1, out);
    }

    @Override
    public void margins(float[] rows, int count, double[] out) {
        if (rows.length != count * inputs) {
            throw new ModelProblem.BadInput(
                    "bad-row-length",
                    rows.length + " numbers are not " + count + " row(s) of " + inputs + ".",
                    "Encode the row with the model's own feature encoder.");
        }
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), new long[] {count, inputs});
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int i = 0; i < count * outputs(); i++) {
                out[i] = margin(values, i);
            }
        } catch (OrtException failed) {
            throw new ModelProblem.RuntimeFailed("ONNX Runtime", failed);
        }
    }

    private double margin(FloatBuffer values, int i) {
        if (!probabilities) {
            return values.get(i);
        }
        double p = values.get(columns == 2 ? 2 * i + 1 : i);
        double held = Math.clamp(p, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY);
        return StrictMath.log(held) - StrictMath.log1p(-held);
    }

    @Override
    public boolean explainable() {
        return false;
    }

    @Override
    public void contributions(float[] row, double[] out) {
        throw new ModelProblem.Unsupported("An ONNX model gives no contributions.", "Ask explainable() first.");
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new ModelProblem.RuntimeFailed("ONNX Runtime", failed);
        }
    }
}
