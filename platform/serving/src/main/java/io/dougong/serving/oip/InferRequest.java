package io.dougong.serving.oip;

import java.util.List;
import java.util.Optional;

/**
 * What is asked of a model.
 *
 * @param id given back with the answer; empty if the caller gave none
 * @param outputs the wanted ones; all if empty
 * @param binary whether outputs are wanted in binary that do not say it themselves
 */
public record InferRequest(String id, List<Tensor> inputs, List<Wanted> outputs, boolean binary) {

    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** An output by name, and how it is wanted. */
    public record Wanted(String name, boolean binary) {}

    Optional<Wanted> wanted(String output) {
        return outputs.isEmpty()
                ? Optional.of(new Wanted(output, binary))
                : outputs.stream().filter(each -> each.name().equals(output)).findFirst();
    }
}
