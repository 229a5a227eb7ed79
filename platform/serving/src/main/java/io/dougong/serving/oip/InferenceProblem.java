package io.dougong.serving.oip;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;
import java.util.List;

/** What an inference request is refused for. */
public final class InferenceProblem extends Problem {

    private InferenceProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    static InferenceProblem unknownDatatype(String name, Collection<String> known) {
        return bad("unknown-datatype", "There is no datatype '" + name + "'.", Suggest.near(name, known));
    }

    static InferenceProblem malformed(String why) {
        return bad("bad-inference-request", why, "The request is described by the Open Inference Protocol, version 2.");
    }

    static InferenceProblem wrongSize(String tensor, List<Long> shape, long elements) {
        return bad(
                "wrong-size",
                "Tensor '" + tensor + "' has shape " + shape + " but " + elements + " elements.",
                "The product of the shape is the number of elements.");
    }

    static InferenceProblem wrongElement(String tensor, Datatype datatype, String element) {
        return bad("wrong-element", "Tensor '" + tensor + "' of " + datatype + " holds " + element + ".", "");
    }

    static InferenceProblem cutOff(String tensor, long wanted, long left) {
        return bad(
                "binary-cut-off",
                "Tensor '" + tensor + "' needs " + wanted + " bytes of binary data, " + left + " are left.",
                "Maybe the Inference-Header-Content-Length does not fit, or the upload was cut off.");
    }

    static InferenceProblem unknownInput(String name, Collection<String> known) {
        return bad("unknown-input", "The model has no input '" + name + "'.", Suggest.near(name, known));
    }

    static InferenceProblem missingInput(String name) {
        return bad(
                "missing-input",
                "Input '" + name + "' is missing.",
                "Send NaN, or an empty text, for values that are not known.");
    }

    static InferenceProblem repeated(String name) {
        return bad("repeated-tensor", "Tensor '" + name + "' comes twice.", "");
    }

    static InferenceProblem notOnePerRow(String name, List<Long> shape) {
        return bad(
                "wrong-shape",
                "Input '" + name + "' has shape " + shape + ".",
                "Inputs of this model have one element per row: [rows] or [rows, 1].");
    }

    static InferenceProblem otherRows(String name, int rows, int expected) {
        return bad("other-rows", "Input '" + name + "' has " + rows + " rows, others have " + expected + ".", "");
    }

    static InferenceProblem wrongKind(String name, Datatype found, String expected) {
        return bad("wrong-datatype", "Input '" + name + "' is " + found + ", expected " + expected + ".", "");
    }

    static InferenceProblem unknownOutput(String name, Collection<String> known) {
        return bad("unknown-output", "The model has no output '" + name + "'.", Suggest.near(name, known));
    }

    static InferenceProblem tooManyRows(int rows, int most) {
        return new InferenceProblem(
                Kind.TOO_LARGE,
                "too-many-rows",
                rows + " rows are more than " + most + ".",
                "Send them in several requests.");
    }

    public static InferenceProblem unknownModel(String name, Collection<String> known) {
        return new InferenceProblem(
                Kind.NOT_FOUND, "unknown-model", "There is no model '" + name + "'.", Suggest.near(name, known));
    }

    public static InferenceProblem unknownVersion(String name, String version, Collection<String> known) {
        return new InferenceProblem(
                Kind.NOT_FOUND,
                "unknown-version",
                "Model '" + name + "' has no version '" + version + "'.",
                known.isEmpty() ? "Train it first." : "It has " + String.join(", ", known) + ".");
    }

    public static InferenceProblem unloaded(String name) {
        return new InferenceProblem(
                Kind.UNAVAILABLE,
                "model-unloaded",
                "Model '" + name + "' was unloaded.",
                "POST /v2/repository/models/" + name + "/load loads it again.");
    }

    private static InferenceProblem bad(String code, String message, String advice) {
        return new InferenceProblem(Kind.BAD_INPUT, code, message, advice);
    }
}
