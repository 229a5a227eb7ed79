package io.dougong.models;

/** What a model is asked for. */
public enum Task {
    /** Two classes; one margin, the log-odds of the positive one. */
    BINARY,
    /** A number; the margin is the number. */
    REGRESSION,
    /** Several classes; one margin each. */
    MULTICLASS
}
