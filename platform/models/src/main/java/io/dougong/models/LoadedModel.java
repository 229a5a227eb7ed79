package io.dougong.models;

import io.dougong.kernel.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An artifact ready to score: raw values → row → margin → probability, and the reasons. Immutable and safe to share. */
public final class LoadedModel {

    private final ModelCard card;
    private final Digest digest;
    private final Model model;
    private final FeatureEncoder encoder;

    private LoadedModel(ModelArtifact artifact, Model model) {
        this.card = artifact.card();
        this.digest = artifact.digest();
        this.model = model;
        this.encoder = new FeatureEncoder(card.features());
    }

    /** @throws ModelProblem if the payload is not of the card's format, or does not fit the card */
    public static LoadedModel of(ModelArtifact artifact, ModelFormats formats) {
        Model model = formats.read(artifact.card().format(), artifact.payload());
        int features = artifact.card().features().size();
        int margins = artifact.card().target() instanceof Target.Classes classes
                ? classes.names().size()
                : 1;
        if (model.inputs() != features || model.outputs() != margins) {
            throw new ModelProblem.Corrupt(
                    "model artifact",
                    "its card says " + features + " features and task "
                            + artifact.card().task() + ", its payload has " + model.inputs() + " inputs and "
                            + model.outputs() + " outputs",
                    null);
        }
        return new LoadedModel(artifact, model);
    }

    public ModelCard card() {
        return card;
    }

    public Digest digest() {
        return digest;
    }

    public Model model() {
        return model;
    }

    public FeatureEncoder encoder() {
        return encoder;
    }

    /** Raw values in the order of the card's features. */
    public FeatureEncoder.Encoded encode(List<? extends @Nullable Object> values) {
        return encoder.encode(values);
    }

    /** The one margin of a binary or regression model. */
    public double margin(float[] row) {
        return margins(row)[0];
    }

    public double[] margins(float[] row) {
        double[] out = new double[model.outputs()];
        model.margins(row, out);
        return out;
    }

    /** Calibrated probability of the positive class of a binary model. */
    public double probability(double margin) {
        if (card.task() != Task.BINARY) {
            throw new ModelProblem.BadInput(
                    "not-binary", "Model '" + card.name() + "' is for " + card.task() + ", not BINARY.", "");
        }
        return card.calibrator().probability(margin);
    }

    /** See {@link Model#contributions}: per output, one number per feature and the average. */
    public double[] contributions(float[] row) {
        double[] out = new double[model.outputs() * (model.inputs() + 1)];
        model.contributions(row, out);
        return out;
    }
}
