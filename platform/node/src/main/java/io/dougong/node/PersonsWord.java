package io.dougong.node;

import io.dougong.decisions.Truth;
import io.dougong.models.Task;
import io.dougong.serving.DecisionDefinition;
import java.util.Optional;

/** What an outcome that a person chose says about the truth. */
final class PersonsWord {

    private PersonsWord() {}

    /** Empty for a number: that it falls into a band does not say which it is. */
    static Optional<Truth> truth(DecisionDefinition decision, Task task, String outcome) {
        return switch (task) {
            case BINARY ->
                Optional.of(new Truth.Flag(
                        outcome.equals(decision.outcomes().getFirst().label())));
            case MULTICLASS -> Optional.of(new Truth.Named(outcome));
            case REGRESSION -> Optional.empty();
        };
    }
}
