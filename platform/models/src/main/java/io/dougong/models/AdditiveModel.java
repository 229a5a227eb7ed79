package io.dougong.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sum of one term per feature: {@code weight × (value − mean)} of a number, a table's entry of a category, and a term of its own where
 * the value is missing. Terms are centred over the training rows, so that a term is the feature's exact Shapley value against the average
 * row. Summed in feature order.
 */
public final class AdditiveModel implements Model {

    public static final String FORMAT = "additive";

    /**
     * The term of one feature.
     *
     * @param table of a category: a term per code; empty for a number
     * @param missing the term where there is no value, or a code beyond the table
     */
    public record Term(double weight, double mean, double[] table, double missing) {

        public Term {
            finite(weight, mean, missing);
            finite(table);
            table = table.clone();
        }

        @Override
        public double[] table() {
            return table.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Term that
                    && weight == that.weight
                    && mean == that.mean
                    && missing == that.missing
                    && Arrays.equals(table, that.table);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(table) + Double.hashCode(weight) + Double.hashCode(missing);
        }

        private double at(float value) {
            if (Float.isNaN(value)) {
                return missing;
            }
            if (table.length == 0) {
                return weight * (value - mean);
            }
            int code = (int) value;
            return code >= 0 && code < table.length ? table[code] : missing;
        }
    }

    private final List<Term> terms;
    private final double intercept;

    /** @param intercept margin of the average row */
    public AdditiveModel(List<Term> terms, double intercept) {
        finite(intercept);
        this.terms = List.copyOf(terms);
        this.intercept = intercept;
    }

    private static void finite(double... values) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new ModelProblem.BadInput(
                    "bad-additive-model", "A coefficient is not finite.", "Maybe the training diverged.");
        }
    }

    public static AdditiveModel read(byte[] bytes) {
        try {
            JsonNode json = Json.tree(bytes);
            List<Term> terms = new ArrayList<>();
            for (JsonNode term : json.required("terms")) {
                terms.add(new Term(
                        number(term.required("weight")),
                        number(term.required("mean")),
                        term.required("table")
                                .valueStream()
                                .mapToDouble(AdditiveModel::number)
                                .toArray(),
                        number(term.required("missing"))));
            }
            return new AdditiveModel(terms, number(json.required("intercept")));
        } catch (InvalidValue | IllegalArgumentException odd) {
            throw new ModelProblem.Corrupt("additive model", String.valueOf(odd.getMessage()), odd);
        }
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("'" + value + "' is not a number");
        }
        return value.doubleValue();
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int inputs() {
        return terms.size();
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public void margins(float[] row, double[] out) {
        double margin = intercept;
        for (int i = 0; i < terms.size(); i++) {
            margin += terms.get(i).at(row[i]);
        }
        out[0] = margin;
    }

    @Override
    public boolean explainable() {
        return true;
    }

    @Override
    public void contributions(float[] row, double[] out) {
        for (int i = 0; i < terms.size(); i++) {
            out[i] = terms.get(i).at(row[i]);
        }
        out[terms.size()] = intercept;
    }

    @Override
    public byte[] bytes() {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Term term : terms) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("weight", term.weight());
            fields.put("mean", term.mean());
            fields.put("table", term.table());
            fields.put("missing", term.missing());
            written.add(fields);
        }
        return Json.bytes(Map.of("terms", written, "intercept", intercept));
    }
}
