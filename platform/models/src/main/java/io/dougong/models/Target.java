package io.dougong.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How the margins of a model that is not {@link Task#BINARY} are read; fitted on rows that the model was not trained on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Target.Classes.class, name = "classes"),
    @JsonSubTypes.Type(value = Target.Amount.class, name = "amount")
})
public sealed interface Target {

    Task task();

    /**
     * Several classes: probabilities are the softmax of margins / temperature. One number cannot change which class is the most probable
     * and makes overconfident boosters honest (Guo et al., <i>On Calibration of Modern Neural Networks</i>, ICML 2017).
     *
     * @param names of the classes, in the order of the margins
     * @param temperature above 0; 1 leaves the softmax as it is
     */
    record Classes(List<String> names, double temperature) implements Target {

        public Classes {
            names = List.copyOf(names);
            if (names.size() < 2 || !(temperature > 0)) {
                throw new ModelProblem.BadInput(
                        "bad-target", names.size() + " classes at temperature " + temperature + ".", "");
            }
        }

        @Override
        public Task task() {
            return Task.MULTICLASS;
        }

        public double[] probabilities(double[] margins) {
            return Softmax.of(margins, temperature);
        }
    }

    /**
     * A number, and how far the truth usually is from it.
     *
     * @param spread of the truth around a prediction
     */
    record Amount(Spread spread) implements Target {

        @Override
        public Task task() {
            return Task.REGRESSION;
        }
    }
}
