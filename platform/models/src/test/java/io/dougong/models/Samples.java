package io.dougong.models;

import java.util.List;
import java.util.Map;

/** A small artifact for tests. */
public final class Samples {

    private Samples() {}

    public static ModelCard card(String name, double auc) {
        return new ModelCard(
                name,
                List.of(FeatureSpec.numeric("distance"), FeatureSpec.categorical("carrier", List.of("AA", "DL"))),
                LinearModel.FORMAT,
                new Calibrator.Platt(0.5, -0.25),
                new ModelCard.Abstention(new AdaptiveConformal(0.1, 0.005), AdaptiveConformal.State.at(0.75)),
                "arrives 15 minutes late or more",
                Map.of("l2", "0.1", "seed", "7"),
                "0.1.0",
                "42",
                Map.of("auc", auc, "brier", 0.125));
    }

    public static LinearModel model() {
        return new LinearModel(new double[] {0.5, -2}, new double[] {10, 0.25}, 0.125);
    }

    public static ModelArtifact artifact(String name, double auc) {
        return ModelArtifact.of(card(name, auc), model());
    }
}
