package io.dougong.learn;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows their labels: a label event labels all rows of its key that were asked before it and have none yet. Holds the rows
 * that still wait, so its size follows the labels' delay, not the length of history.
 */
final class LabelJoin {

    private record Waiting(int row, @Nullable Waiting earlier) {}

    private final DatasetWriter writer;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private long labelled;
    private long withoutRow;

    LabelJoin(DatasetWriter writer) {
        this.writer = writer;
    }

    void asked(String key, int row) {
        waiting.merge(key, new Waiting(row, null), (earlier, now) -> new Waiting(now.row(), earlier));
    }

    void known(String key, Object truth, long knownMicros) {
        Waiting row = waiting.remove(key);
        if (row == null) {
            withoutRow++;
        }
        for (; row != null; row = row.earlier()) {
            writer.label(row.row(), truth, knownMicros);
            labelled++;
        }
    }

    /** A person's word, for rows that no event labelled; nothing if there is none. */
    void settled(String key, Object truth, long knownMicros) {
        if (waiting.containsKey(key)) {
            known(key, truth, knownMicros);
        }
    }

    long labelled() {
        return labelled;
    }

    long withoutRow() {
        return withoutRow;
    }
}
