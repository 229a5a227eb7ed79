package io.dougong.apps.tabular;

/**
 * Something that the profile says of a column.
 *
 * @param left whether the column is left out
 * @param why in words
 */
record Finding(String column, Code code, boolean left, String why) {

    enum Code {
        LABEL,
        TIME,
        PROTECTED,
        DROPPED,
        CONSTANT,
        ID_LIKE,
        DUPLICATE,
        LEAK,
        STRONG,
        TEXT,
        DATE,
        HIGH_CARDINALITY,
        MISSING,
        ODD_VALUES
    }
}
