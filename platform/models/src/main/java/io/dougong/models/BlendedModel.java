package io.dougong.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weighted sum of the margins of models that read the same row (Wolpert 1992 for why; weights are chosen where none was trained).
 * Shapley values are additive over a sum of games (Shapley 1953), so the contributions of the sum are the weighted sum of the
 * contributions. Summed in the order of the parts.
 */
public final class BlendedModel implements Model {

    public static final String FORMAT = "blend";

    /** One model and how much it counts. */
    public record Part(double weight, Model model) {

        public Part {
            if (!Double.isFinite(weight)) {
                throw new ModelProblem.BadInput("bad-blend", "A part weighs " + weight + ".", "");
            }
        }
    }

    private final List<Part> parts;
    private final boolean explainable;

    /** @param parts of equal inputs and outputs, of a format that needs no native library */
    public BlendedModel(List<Part> parts) {
        this.parts = List.copyOf(parts);
        if (parts.isEmpty()
                || parts.stream()
                                .mapToInt(part -> part.model().inputs())
                                .distinct()
                                .count()
                        != 1
                || parts.stream()
                                .mapToInt(part -> part.model().outputs())
                                .distinct()
                                .count()
                        != 1) {
            throw new ModelProblem.BadInput("bad-blend", "The parts differ in their inputs or outputs.", "");
        }
        this.explainable = parts.stream().allMatch(part -> part.model().explainable());
    }

    public static BlendedModel read(byte[] bytes) {
        ModelFormats formats = new ModelFormats(ModelFormats.pureJava());
        try {
            List<Part> parts = new ArrayList<>();
            for (JsonNode part : Json.tree(bytes).required("parts")) {
                String format = part.required("format").asText();
                byte[] model = part.required("model").binaryValue();
                parts.add(new Part(part.required("weight").doubleValue(), formats.read(format, model)));
            }
            return new BlendedModel(parts);
        } catch (InvalidValue | IllegalArgumentException | IOException odd) {
            throw new ModelProblem.Corrupt("blended model", String.valueOf(odd.getMessage()), odd);
        }
    }

    public List<Part> parts() {
        return parts;
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int inputs() {
        return parts.getFirst().model().inputs();
    }

    @Override
    public int outputs() {
        return parts.getFirst().model().outputs();
    }

    @Override
    public void margins(float[] row, double[] out) {
        margins(row, 1, out);
    }

    @Override
    public void margins(float[] rows, int count, double[] out) {
        double[] own = new double[count * outputs()];
        Arrays.fill(out, 0, own.length, 0);
        for (Part part : parts) {
            part.model().margins(rows, count, own);
            add(part.weight(), own, out);
        }
    }

    @Override
    public boolean explainable() {
        return explainable;
    }

    @Override
    public void contributions(float[] row, double[] out) {
        double[] own = new double[(inputs() + 1) * outputs()];
        Arrays.fill(out, 0, own.length, 0);
        for (Part part : parts) {
            part.model().contributions(row, own);
            add(part.weight(), own, out);
        }
    }

    private static void add(double weight, double[] own, double[] sum) {
        for (int i = 0; i < own.length; i++) {
            sum[i] += weight * own[i];
        }
    }

    @Override
    public byte[] bytes() {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Part part : parts) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("weight", part.weight());
            fields.put("format", part.model().format());
            fields.put("model", Base64.getEncoder().encodeToString(part.model().bytes()));
            written.add(fields);
        }
        return Json.bytes(Map.of("parts", written));
    }
}
