package io.dougong.apps.creditrisk;

import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.models.FeatureSpec;
import io.dougong.models.LoadedModel;
import io.dougong.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trained model asked about loans that it has never seen, through the code that serves. */
final class Scorer {

    private final LoadedModel model;

    private Scorer(LoadedModel model) {
        this.model = model;
    }

    /** Trains a version and takes it. */
    static Scorer trained(Node node, String application, String model) {
        TrainingRun run = node.models().train(application, model, Progress.NONE, "study");
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome == null) {
            throw new IllegalStateException("training of " + model + " ended as " + run.state());
        }
        return new Scorer(node.models().model(application, model, outcome.version()));
    }

    /** Calibrated probability of going bad. */
    double probability(Loan loan) {
        List<@Nullable Object> values = new ArrayList<>();
        for (FeatureSpec feature : model.card().features()) {
            values.add(loan.value(feature.name()));
        }
        return model.probability(model.margin(model.encode(values).row()));
    }
}
