package io.dougong.learn;

import java.util.List;

/**
 * A model as a manifest declares it.
 *
 * @param stream the events that the model is asked about, one row of the data set each
 * @param features in order: fields (also derived ones) of {@code stream}, features of views, or {@code view.*} for all of a view
 * @param gates what an evaluation must reach before a version may serve
 * @param weighting how much the rows of the training slice count
 */
public record ModelDefinition(
        String name,
        String stream,
        TrainerDefinition trainer,
        LabelDefinition label,
        List<String> features,
        TimeSplit split,
        Calibration calibration,
        List<Gate> gates,
        long seed,
        Weighting weighting) {

    public ModelDefinition {
        features = List.copyOf(features);
        gates = List.copyOf(gates);
    }

    /** With every labelled row counted once. */
    public ModelDefinition(
            String name,
            String stream,
            TrainerDefinition trainer,
            LabelDefinition label,
            List<String> features,
            TimeSplit split,
            Calibration calibration,
            List<Gate> gates,
            long seed) {
        this(name, stream, trainer, label, features, split, calibration, gates, seed, Weighting.NONE);
    }

    /** How margins become probabilities. */
    public enum Calibration {
        NONE,
        PLATT,
        ISOTONIC
    }
}
