package io.dougong.serving;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What hangs on a decision for the one who takes it and for the person concerned.
 *
 * @param costs what outcomes cost, or null: then the bands of probability decide
 * @param adverse how a refusal is explained to the person, or null if nobody is refused anything
 * @param guarded fields by which fairness is measured
 * @param groupThresholds null for one rule for all
 */
public record Stakes(
        @Nullable CostMatrix costs,
        @Nullable AdverseAction adverse,
        List<ProtectedField> guarded,
        @Nullable GroupThresholds groupThresholds) {

    public static final Stakes NONE = new Stakes(null, null, List.of(), null);

    public Stakes {
        guarded = List.copyOf(guarded);
    }

    /** Fields of the question that the outcome depends on besides the model's features; they stand in the record with them. */
    public List<String> fields() {
        List<String> fields = new ArrayList<>();
        if (costs != null && costs.amount() != null) {
            fields.add(costs.amount());
        }
        if (groupThresholds != null) {
            fields.add(groupThresholds.by().field());
        }
        return fields;
    }
}
