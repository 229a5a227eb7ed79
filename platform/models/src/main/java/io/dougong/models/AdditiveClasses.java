package io.dougong.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One {@link AdditiveModel} per class, side by side: a margin each. */
public final class AdditiveClasses implements Model {

    public static final String FORMAT = "additive-classes";

    private final List<AdditiveModel> classes;

    /** @param classes of equal width, in the order of the margins */
    public AdditiveClasses(List<AdditiveModel> classes) {
        this.classes = List.copyOf(classes);
        if (classes.isEmpty()
                || classes.stream().mapToInt(AdditiveModel::inputs).distinct().count() != 1) {
            throw new ModelProblem.BadInput("bad-additive-model", "The classes differ in their inputs.", "");
        }
    }

    public static AdditiveClasses read(byte[] bytes) {
        try {
            List<AdditiveModel> classes = new ArrayList<>();
            for (JsonNode each : Json.tree(bytes).required("classes")) {
                classes.add(AdditiveModel.read(Json.bytes(each)));
            }
            return new AdditiveClasses(classes);
        } catch (InvalidValue | IllegalArgumentException odd) {
            throw new ModelProblem.Corrupt("additive model", String.valueOf(odd.getMessage()), odd);
        }
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public int inputs() {
        return classes.getFirst().inputs();
    }

    @Override
    public int outputs() {
        return classes.size();
    }

    @Override
    public void margins(float[] row, double[] out) {
        double[] margin = new double[1];
        for (int each = 0; each < classes.size(); each++) {
            classes.get(each).margins(row, margin);
            out[each] = margin[0];
        }
    }

    @Override
    public boolean explainable() {
        return true;
    }

    @Override
    public void contributions(float[] row, double[] out) {
        double[] own = new double[inputs() + 1];
        for (int each = 0; each < classes.size(); each++) {
            classes.get(each).contributions(row, own);
            System.arraycopy(own, 0, out, each * own.length, own.length);
        }
    }

    @Override
    public byte[] bytes() {
        return Json.bytes(Map.of(
                "classes", classes.stream().map(each -> Json.tree(each.bytes())).toList()));
    }
}
