package io.dougong.serving.oip;

import io.dougong.models.FeatureSpec;
import io.dougong.models.LoadedModel;
import io.dougong.models.Model;
import io.dougong.models.Target;
import io.dougong.serving.Scoring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model version behind the Open Inference Protocol: one input per feature, one element per row; the answers are calibrated as those of
 * decisions are. A score is no decision: nothing is guarded, explained or recorded.
 *
 * <ul>
 *   <li>two classes: {@code probability} and {@code margin}, [rows]
 *   <li>more classes: {@code probabilities}, [rows, classes], in the order of the model's metadata, and {@code class}, [rows]
 *   <li>a number: {@code value} and {@code spread}, [rows]
 * </ul>
 */
public final class Inference {

    private static final int MOST_ROWS = 100_000;

    private final LoadedModel model;

    public Inference(LoadedModel model) {
        this.model = model;
    }

    /**
     * An input or output as metadata tells it.
     *
     * @param shape −1 for the number of rows
     */
    public record Port(String name, Datatype datatype, List<Long> shape) {}

    public List<Port> inputs() {
        return model.card().features().stream()
                .map(feature -> new Port(feature.name(), datatype(feature), List.of(-1L)))
                .toList();
    }

    private static Datatype datatype(FeatureSpec feature) {
        return feature.kind() == FeatureSpec.Kind.CATEGORICAL ? Datatype.BYTES : Datatype.FP64;
    }

    public List<Port> outputs() {
        return switch (model.card().target()) {
            case null -> List.of(number("probability"), number("margin"));
            case Target.Classes classes ->
                List.of(
                        new Port("probabilities", Datatype.FP64, List.of(-1L, (long)
                                classes.names().size())),
                        new Port("class", Datatype.BYTES, List.of(-1L)));
            case Target.Amount _ -> List.of(number("value"), number("spread"));
        };
    }

    private static Port number(String name) {
        return new Port(name, Datatype.FP64, List.of(-1L));
    }

    /** All outputs for the rows of the request; its list of wanted outputs is checked. */
    public List<Tensor> infer(InferRequest request) {
        List<String> known = outputs().stream().map(Port::name).toList();
        for (InferRequest.Wanted wanted : request.outputs()) {
            if (!known.contains(wanted.name())) {
                throw InferenceProblem.unknownOutput(wanted.name(), known);
            }
        }
        Column[] columns = columns(request.inputs());
        int rows = columns.length == 0 ? 0 : columns[0].rows();
        Model scorer = model.model();
        float[] encoded = encode(columns, rows);
        double[] margins = new double[rows * scorer.outputs()];
        scorer.margins(encoded, rows, margins);
        return outputs(margins, rows);
    }

    // Inputs

    private interface Column {
        int rows();

        @Nullable
        Object value(int row);
    }

    private Column[] columns(List<Tensor> inputs) {
        List<FeatureSpec> features = model.card().features();
        List<String> names = features.stream().map(FeatureSpec::name).toList();
        Map<String, Tensor> given = new HashMap<>();
        for (Tensor input : inputs) {
            if (!names.contains(input.name())) {
                throw InferenceProblem.unknownInput(input.name(), names);
            }
            given.put(input.name(), input);
        }
        Column[] columns = new Column[features.size()];
        for (int i = 0; i < columns.length; i++) {
            Tensor tensor = given.get(names.get(i));
            if (tensor == null) {
                throw InferenceProblem.missingInput(names.get(i));
            }
            columns[i] = column(tensor, features.get(i));
            if (columns[i].rows() != columns[0].rows()) {
                throw InferenceProblem.otherRows(tensor.name(), columns[i].rows(), columns[0].rows());
            }
        }
        return columns;
    }

    private static Column column(Tensor tensor, FeatureSpec feature) {
        long perRow = tensor.shape().stream().skip(1).reduce(1L, (a, b) -> a * b);
        if (tensor.shape().isEmpty() || perRow != 1) {
            throw InferenceProblem.notOnePerRow(tensor.name(), tensor.shape());
        }
        if (tensor.elements() > MOST_ROWS) {
            throw InferenceProblem.tooManyRows(tensor.elements(), MOST_ROWS);
        }
        return switch (tensor) {
            case Tensor.Texts texts
            when feature.kind() == FeatureSpec.Kind.CATEGORICAL ->
                column(texts.elements(), row -> present(texts.values().get(row)));
            case Tensor.Numbers numbers
            when feature.kind() == FeatureSpec.Kind.NUMERIC ->
                column(numbers.elements(), row -> present(numbers.values()[row]));
            default ->
                throw InferenceProblem.wrongKind(
                        tensor.name(),
                        tensor.datatype(),
                        feature.kind() == FeatureSpec.Kind.CATEGORICAL ? "BYTES" : "a number");
        };
    }

    private interface Values {
        @Nullable
        Object at(int row);
    }

    private static Column column(int rows, Values values) {
        return new Column() {
            @Override
            public int rows() {
                return rows;
            }

            @Override
            public @Nullable Object value(int row) {
                return values.at(row);
            }
        };
    }

    private static @Nullable Object present(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Object present(double number) {
        return Double.isNaN(number) ? null : number;
    }

    private float[] encode(Column[] columns, int rows) {
        float[] encoded = new float[rows * columns.length];
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(new @Nullable Object[columns.length]));
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns.length; i++) {
                values.set(i, columns[i].value(row));
            }
            System.arraycopy(model.encode(values).row(), 0, encoded, row * columns.length, columns.length);
        }
        return encoded;
    }

    // Outputs

    private List<Tensor> outputs(double[] margins, int rows) {
        return switch (model.card().target()) {
            case null ->
                List.of(
                        numbers("probability", rows, row -> model.probability(margins[row])),
                        new Tensor.Numbers("margin", Datatype.FP64, List.of((long) rows), margins));
            case Target.Classes classes -> classes(classes, margins, rows);
            case Target.Amount amount ->
                List.of(
                        new Tensor.Numbers("value", Datatype.FP64, List.of((long) rows), margins),
                        numbers("spread", rows, row -> amount.spread().at(margins[row])));
        };
    }

    private static Tensor numbers(String name, int rows, java.util.function.IntToDoubleFunction value) {
        double[] values = new double[rows];
        Arrays.setAll(values, value);
        return new Tensor.Numbers(name, Datatype.FP64, List.of((long) rows), values);
    }

    private static List<Tensor> classes(Target.Classes target, double[] margins, int rows) {
        int many = target.names().size();
        double[] probabilities = new double[margins.length];
        List<String> top = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            double[] own = Arrays.copyOfRange(margins, row * many, (row + 1) * many);
            System.arraycopy(target.probabilities(own), 0, probabilities, row * many, many);
            top.add(target.names().get(Scoring.top(own)));
        }
        return List.of(
                new Tensor.Numbers("probabilities", Datatype.FP64, List.of((long) rows, (long) many), probabilities),
                new Tensor.Texts("class", List.of((long) rows), top));
    }
}
