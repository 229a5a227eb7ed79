package io.dougong.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns raw feature values into the row of numbers that a model reads. Immutable. */
public final class FeatureEncoder {

    /** A category that is not in the dictionary; it is encoded as missing. */
    public record Unseen(String feature, String value) {}

    /**
     * @param row one number per feature, NaN where missing
     * @param unseen categories that training did not know
     */
    public record Encoded(float[] row, List<Unseen> unseen) {}

    private final List<FeatureSpec> specs;
    private final List<Map<String, Integer>> codes = new ArrayList<>();

    public FeatureEncoder(List<FeatureSpec> specs) {
        this.specs = List.copyOf(specs);
        for (FeatureSpec spec : this.specs) {
            Map<String, Integer> dictionary = new HashMap<>();
            spec.categories().forEach(category -> dictionary.put(category, dictionary.size()));
            codes.add(dictionary);
        }
    }

    public List<FeatureSpec> specs() {
        return specs;
    }

    /**
     * @param values String, Long, Integer, Double, Float, Boolean or null, in the order of {@link #specs()}
     * @throws ModelProblem if the number of values is another, or text stands where a number belongs
     */
    public Encoded encode(List<? extends @Nullable Object> values) {
        if (values.size() != specs.size()) {
            throw new ModelProblem.BadInput(
                    "bad-row-length",
                    values.size() + " values do not fit " + specs.size() + " features.",
                    "The features are " + specs.stream().map(FeatureSpec::name).toList() + ".");
        }
        float[] row = new float[specs.size()];
        List<Unseen> unseen = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            row[i] = encode(i, values.get(i), unseen);
        }
        return new Encoded(row, List.copyOf(unseen));
    }

    private float encode(int i, @Nullable Object value, List<Unseen> unseen) {
        FeatureSpec spec = specs.get(i);
        if (value == null) {
            return Float.NaN;
        }
        if (spec.kind() == FeatureSpec.Kind.NUMERIC) {
            return number(spec, value);
        }
        Integer code = codes.get(i).get(value.toString());
        if (code == null) {
            unseen.add(new Unseen(spec.name(), value.toString()));
            return Float.NaN;
        }
        return code;
    }

    private static float number(FeatureSpec spec, Object value) {
        return switch (value) {
            case Number number -> number.floatValue();
            case Boolean flag -> flag ? 1.0f : 0.0f;
            default ->
                throw new ModelProblem.BadInput(
                        "not-a-number",
                        "Feature '" + spec.name() + "' is numeric, but got '" + value + "'.",
                        "Maybe declare it categorical.");
        };
    }
}
