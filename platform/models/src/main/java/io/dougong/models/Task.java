package io.dougong.models;

import java.util.Locale;

/** What a model is asked for. */
public enum Task {
    /** Two classes; one margin, the log-odds of the positive one. */
    BINARY,
    /** A number; the margin is the number. */
    REGRESSION,
    /** Several classes; one margin each. */
    MULTICLASS;

    /** As people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
