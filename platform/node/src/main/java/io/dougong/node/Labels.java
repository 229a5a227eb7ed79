package io.dougong.node;

import io.dougong.decisions.Truth;
import io.dougong.kernel.Row;
import io.dougong.learn.LabelDefinition;
import io.dougong.serving.DecisionDefinition;
import org.jspecify.annotations.Nullable;

/** Reads labels of one decision from the stream that brings them. */
record Labels(DecisionDefinition definition, LabelDefinition label, int keyPlace, int valuePlace) {

    static Labels of(DecisionDefinition decision, LabelDefinition label, NodeStream stream) {
        return new Labels(
                decision,
                label,
                stream.derivation().output().place(label.key()),
                stream.derivation().output().place(label.value()));
    }

    String decision() {
        return definition.name();
    }

    String stream() {
        return label.stream();
    }

    @Nullable
    String key(Row row) {
        return row.text(keyPlace);
    }

    /** Null if the event does not tell. */
    @Nullable
    Truth value(Row row) {
        Object value = label.truth(row.get(valuePlace));
        return value == null ? null : Truth.of(value);
    }
}
