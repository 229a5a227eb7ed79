package io.dougong.models;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model formats that a node reads, by id. */
public final class ModelFormats {

    private final Map<String, ModelFormat> byId = new TreeMap<>();

    public ModelFormats(List<ModelFormat> formats) {
        for (ModelFormat format : formats) {
            if (byId.put(format.id(), format) != null) {
                throw new IllegalArgumentException("format '" + format.id() + "' is listed twice");
            }
        }
    }

    /**
     * The formats that need no native library: {@code xgboost}, {@code linear}, {@code additive},
     * {@code additive-classes} and {@code blend}.
     */
    public static List<ModelFormat> pureJava() {
        return List.of(
                ModelFormat.of(TreeEnsemble.FORMAT, TreeEnsemble::read),
                ModelFormat.of(LinearModel.FORMAT, LinearModel::read),
                ModelFormat.of(AdditiveModel.FORMAT, AdditiveModel::read),
                ModelFormat.of(AdditiveClasses.FORMAT, AdditiveClasses::read),
                ModelFormat.of(BlendedModel.FORMAT, BlendedModel::read));
    }

    /** @throws ModelProblem if the format is not known here or the bytes are not of it */
    public Model read(String format, byte[] bytes) {
        ModelFormat known = byId.get(format);
        if (known == null) {
            throw new ModelProblem.UnknownFormat(format, byId.keySet());
        }
        return known.read(bytes);
    }
}
