package io.dougong.apps.tabular;

import java.util.Locale;

/** What the values of a column are. */
enum Kind {
    EMPTY,
    BOOLEAN,
    INTEGER,
    NUMBER,
    TIMESTAMP,
    /** Text with few enough different values to be a feature. */
    CATEGORY,
    /** Text that is not. */
    TEXT;

    boolean numeric() {
        return this == INTEGER || this == NUMBER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
