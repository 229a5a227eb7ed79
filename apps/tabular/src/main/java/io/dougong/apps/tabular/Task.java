package io.dougong.apps.tabular;

import java.util.Locale;

/** What is to be told of a row. */
enum Task {
    BINARY,
    MULTICLASS,
    REGRESSION;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
