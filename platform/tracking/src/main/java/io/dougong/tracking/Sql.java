package io.dougong.tracking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A statement as it grows, with the values of its marks in their order. */
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Sql add(String part, Object... more) {
        text.append(part);
        values.addAll(Arrays.asList(more));
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    <T> List<T> list(Statements statements, Statements.Reader<T> reader) {
        return statements.list(text.toString(), reader, values);
    }
}
