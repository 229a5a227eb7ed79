package io.dougong.operate;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which fields of a stream are watched.
 *
 * @param stream name
 * @param schema of its rows
 * @param key field that names what an event is about
 * @param groups text fields that say which feed an event came from, e.g. the airport
 */
public record FeedShape(String stream, Schema schema, String key, List<String> groups) {

    /** Between a group's field and its value. */
    static final char SEPARATOR = '=';

    /** Personal fields are not watched: their values must not be kept beside the log. */
    public FeedShape {
        Schema all = schema;
        groups = groups.stream()
                .filter(group -> all.field(all.place(group)).sensitivity() == Sensitivity.PUBLIC)
                .toList();
    }

    /** Places of numbers. */
    int[] numbers() {
        return places(FieldType.INTEGER, FieldType.NUMBER);
    }

    /** Places of texts but the key. */
    int[] texts() {
        return places(FieldType.STRING, FieldType.STRING);
    }

    /** Places of texts but the key and this field. */
    int[] textsBut(String field) {
        return IntStream.of(texts())
                .filter(place -> !schema.field(place).name().equals(field))
                .toArray();
    }

    private int[] places(FieldType first, FieldType second) {
        return IntStream.range(0, schema.size())
                .filter(place -> !schema.field(place).name().equals(key))
                .filter(place -> schema.field(place).sensitivity() == Sensitivity.PUBLIC)
                .filter(place -> schema.field(place).type() == first
                        || schema.field(place).type() == second)
                .toArray();
    }

    String name(int place) {
        return schema.field(place).name();
    }
}
