package io.dougong.learn;

import io.dougong.features.FeatureView;
import io.dougong.models.AdaptiveConformal;
import java.util.List;

/**
 * What to train on what.
 *
 * @param streams at least those that the model, its label and its views need
 * @param views of the application; only those that the model uses are computed
 * @param fromMicros event time of the first row; earlier events still count in its features
 * @param toMicros event time that no row reaches
 * @param asOfMicros a label that became known later does not exist
 * @param abstention the rule whose first threshold is measured and whose effect is evaluated
 * @param codeVersion of the software, for the record
 * @param corrections labels that people gave, and labels of events that do not count
 * @param seed of sampling and bootstrap; usually {@link ModelDefinition#seed()}
 */
public record TrainingRequest(
        String application,
        ModelDefinition model,
        List<LearningStream> streams,
        List<FeatureView> views,
        long fromMicros,
        long toMicros,
        long asOfMicros,
        AdaptiveConformal abstention,
        String codeVersion,
        LabelCorrections corrections,
        long seed) {

    public TrainingRequest {
        streams = List.copyOf(streams);
        views = List.copyOf(views);
    }

    /** Name of the model in the registry: {@code application__model}. */
    public String registeredName() {
        return application + "__" + model.name();
    }

    LearningStream stream(String name) {
        return streams.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> LearnProblem.unknownStream(
                        name, streams.stream().map(LearningStream::name).toList()));
    }
}
