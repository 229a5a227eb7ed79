package io.dougong.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a model but its weights: how to feed it, how to read it, where it comes from.
 *
 * @param name registered model it is a version of
 * @param features inputs, in order
 * @param format id of the {@link ModelFormat} of the payload
 * @param calibrator margin to probability; used if the task is binary
 * @param abstention conformal rule and where it starts; null if every row is decided
 * @param label what the model predicts, in words
 * @param training parameters of the training run
 * @param codeVersion of the software that trained it
 * @param snapshot of the data it was trained on
 * @param metrics on rows it was not trained on; finite
 * @param target how margins are read if the task is not binary, else null
 * @param profile what features usually contribute; null if the model cannot say, or was trained by an older release
 */
public record ModelCard(
        String name,
        Task task,
        List<FeatureSpec> features,
        String format,
        Calibrator calibrator,
        @Nullable Abstention abstention,
        String label,
        Map<String, String> training,
        String codeVersion,
        String snapshot,
        Map<String, Double> metrics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Target target,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ContributionProfile profile) {

    /** Of two classes. */
    public ModelCard(
            String name,
            List<FeatureSpec> features,
            String format,
            Calibrator calibrator,
            @Nullable Abstention abstention,
            String label,
            Map<String, String> training,
            String codeVersion,
            String snapshot,
            Map<String, Double> metrics) {
        this(
                name,
                Task.BINARY,
                features,
                format,
                calibrator,
                abstention,
                label,
                training,
                codeVersion,
                snapshot,
                metrics,
                null,
                null);
    }

    /** The rule and its first threshold. */
    public record Abstention(AdaptiveConformal rule, AdaptiveConformal.State initial) {}

    public ModelCard {
        features = List.copyOf(features);
        training = Map.copyOf(training);
        metrics = Map.copyOf(metrics);
        if (task != (target == null ? Task.BINARY : target.task())) {
            throw new ModelProblem.BadInput(
                    "bad-target", "A model for " + task + " has the target " + target + ".", "");
        }
        metrics.forEach((metric, value) -> {
            if (!Double.isFinite(value)) {
                throw new ModelProblem.BadInput(
                        "bad-metric",
                        "Metric '" + metric + "' is " + value + ".",
                        "Maybe the test rows hold one class only.");
            }
        });
    }

    /** The same with what features usually contribute. */
    public ModelCard with(@Nullable ContributionProfile measured) {
        return new ModelCard(
                name,
                task,
                features,
                format,
                calibrator,
                abstention,
                label,
                training,
                codeVersion,
                snapshot,
                metrics,
                target,
                measured);
    }

    /** Without a profile. */
    public ModelCard(
            String name,
            Task task,
            List<FeatureSpec> features,
            String format,
            Calibrator calibrator,
            @Nullable Abstention abstention,
            String label,
            Map<String, String> training,
            String codeVersion,
            String snapshot,
            Map<String, Double> metrics,
            @Nullable Target target) {
        this(
                name,
                task,
                features,
                format,
                calibrator,
                abstention,
                label,
                training,
                codeVersion,
                snapshot,
                metrics,
                target,
                null);
    }
}
