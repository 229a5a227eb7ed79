package io.dougong.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.util.Arrays;
import java.util.Map;

/**
 * A linear or logistic regression: {@code intercept + Σ weight × (value - mean)}, summed in feature order. A missing value counts as
 * the mean, so its contribution is nothing.
 */
public final class LinearModel implements Model {

    public static final String FORMAT = "linear";

    private final double[] weights;
    private final double[] means;
    private final double intercept;

    /**
     * @param weights one per feature
     * @param means of the features over the training rows
     * @param intercept margin of the average row
     */
    public LinearModel(double[] weights, double[] means, double intercept) {
        if (weights.length != means.length) {
            throw new ModelProblem.BadInput(
                    "bad-linear-model", weights.length + " weights and " + means.length + " means do not match.", "");
        }
        this.weights = finite(weights);
        this.means = finite(means);
        this.intercept = finite(new double[] {intercept})[0];
    }

    private static double[] finite(double[] values) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new ModelProblem.BadInput(
                    "bad-linear-model", "A coefficient is not finite.", "Maybe the training diverged.");
        }
        return values.clone();
    }

    public static LinearModel read(byte[] bytes) {
        try {
            JsonNode json = Json.tree(bytes);
            return new LinearModel(
                    doubles(json.required("weights")),
                    doubles(json.required("means")),
                    json.required("intercept").doubleValue());
        } catch (InvalidValue | IllegalArgumentException odd) {
            throw new ModelProblem.Corrupt("linear model", String.valueOf(odd.getMessage()), odd);
        }
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = array.required(i);
            if (!value.isNumber()) {
                throw new IllegalArgumentException("'" + value + "' is not a number");
            }
            values[i] = value.doubleValue();
        }
        return values;
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int inputs() {
        return weights.length;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public void margins(float[] row, double[] out) {
        double margin = intercept;
        for (int i = 0; i < weights.length; i++) {
            margin += contribution(row, i);
        }
        out[0] = margin;
    }

    @Override
    public boolean explainable() {
        return true;
    }

    @Override
    public void contributions(float[] row, double[] out) {
        for (int i = 0; i < weights.length; i++) {
            out[i] = contribution(row, i);
        }
        out[weights.length] = intercept;
    }

    private double contribution(float[] row, int i) {
        return Float.isNaN(row[i]) ? 0.0 : weights[i] * (row[i] - means[i]);
    }

    @Override
    public byte[] bytes() {
        return Json.bytes(Map.of("weights", weights, "means", means, "intercept", intercept));
    }
}
