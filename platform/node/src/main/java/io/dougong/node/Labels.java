package io.dougong.node;

import io.dougong.kernel.Row;
import io.dougong.learn.LabelDefinition;
import org.jspecify.annotations.Nullable;

/** Reads labels of one decision from the stream that brings them. */
record Labels(String decision, String positiveOutcome, String stream, int keyPlace, int valuePlace) {

    static Labels of(String decision, String positiveOutcome, LabelDefinition label, NodeStream stream) {
        return new Labels(
                decision,
                positiveOutcome,
                label.stream(),
                stream.derivation().output().place(label.key()),
                stream.derivation().output().place(label.value()));
    }

    @Nullable
    String key(Row row) {
        return row.text(keyPlace);
    }

    /** Null if the event does not tell. */
    @Nullable
    Boolean value(Row row) {
        return row.get(valuePlace) instanceof Boolean label ? label : null;
    }
}
