package io.dougong.learn;

import io.dougong.features.FeatureView;
import io.dougong.models.AdaptiveConformal;
import java.util.List;
import java.util.Set;

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
 * @param verdicts labels for questions that no event labels, as people settled them
 * @param untrusted label events that do not count
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
        List<Verdict> verdicts,
        Set<UntrustedLabel> untrusted,
        long seed) {

    public TrainingRequest {
        untrusted = Set.copyOf(untrusted);
        verdicts = List.copyOf(verdicts);
        streams = List.copyOf(streams);
        views = List.copyOf(views);
    }

    /** Without verdicts; every label counts. */
    public TrainingRequest(
            String application,
            ModelDefinition model,
            List<LearningStream> streams,
            List<FeatureView> views,
            long fromMicros,
            long toMicros,
            long asOfMicros,
            AdaptiveConformal abstention,
            String codeVersion,
            long seed) {
        this(
                application,
                model,
                streams,
                views,
                fromMicros,
                toMicros,
                asOfMicros,
                abstention,
                codeVersion,
                List.of(),
                Set.of(),
                seed);
    }

    /** The same with verdicts. */
    public TrainingRequest withVerdicts(List<Verdict> said) {
        return new TrainingRequest(
                application,
                model,
                streams,
                views,
                fromMicros,
                toMicros,
                asOfMicros,
                abstention,
                codeVersion,
                said,
                untrusted,
                seed);
    }

    /** The same, but for labels that do not count. */
    public TrainingRequest without(Set<UntrustedLabel> labels) {
        return new TrainingRequest(
                application,
                model,
                streams,
                views,
                fromMicros,
                toMicros,
                asOfMicros,
                abstention,
                codeVersion,
                verdicts,
                labels,
                seed);
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
