package io.dougong.manifest;

import io.dougong.learn.Gate;
import io.dougong.learn.LabelDefinition;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.ModelDefinition.Calibration;
import io.dougong.learn.TimeSplit;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.Weighting;
import io.dougong.models.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes a model in code: the stream, label and features are needed. */
public final class ModelBuilder {

    private final String name;
    private String stream = "";
    private TrainerDefinition trainer = TrainerDefinition.Xgboost.DEFAULT;
    private LabelDefinition label = new LabelDefinition("", "", "");
    private final List<String> features = new ArrayList<>();
    private TimeSplit split = TimeSplit.DEFAULT;
    private Calibration calibration = Calibration.PLATT;
    private final List<Gate> gates = new ArrayList<>();
    private long seed = 1;
    private Weighting weighting = Weighting.NONE;

    ModelBuilder(String name) {
        this.name = name;
    }

    /** The stream whose events it is asked about. */
    public ModelBuilder on(String stream) {
        this.stream = stream;
        return this;
    }

    public ModelBuilder trainer(TrainerDefinition trainer) {
        this.trainer = trainer;
        return this;
    }

    public ModelBuilder label(String stream, String key, String value) {
        this.label = new LabelDefinition(stream, key, value);
        return this;
    }

    /** Of anything but two classes. */
    public ModelBuilder label(String stream, String key, String value, Task task) {
        this.label = new LabelDefinition(stream, key, value, task);
        return this;
    }

    /** Fields of the stream, {@code view.feature}, or {@code view.*}; adds to those given before. */
    public ModelBuilder features(String... features) {
        this.features.addAll(List.of(features));
        return this;
    }

    public ModelBuilder split(double train, double calibrate) {
        this.split = new TimeSplit(train, calibrate, split.history());
        return this;
    }

    /** Trains on the newest rows only, so far back. */
    public ModelBuilder history(Duration history) {
        this.split = new TimeSplit(split.train(), split.calibrate(), history);
        return this;
    }

    public ModelBuilder calibration(Calibration calibration) {
        this.calibration = calibration;
        return this;
    }

    public ModelBuilder gate(Gate.Metric metric, Gate.Bound bound, double value) {
        gates.add(new Gate(metric, bound, value));
        return this;
    }

    public ModelBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** How much rows count in training. */
    public ModelBuilder weighting(Weighting weighting) {
        this.weighting = weighting;
        return this;
    }

    ModelDefinition build() {
        return new ModelDefinition(name, stream, trainer, label, features, split, calibration, gates, seed, weighting);
    }
}
