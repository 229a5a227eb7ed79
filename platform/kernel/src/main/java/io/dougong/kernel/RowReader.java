package io.dougong.kernel;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object into a {@link Row} and checks it against the schema: unknown fields, wrong types, missing required
 * fields, values outside their range and strings that are not allowed are all refused, naming field and value.
 */
public final class RowReader {

    private static final int SHOWN_VALUE_LENGTH = 40;

    private final Schema schema;

    public RowReader(Schema schema) {
        this.schema = schema;
    }

    public Row read(byte[] json) {
        try (JsonParser parser = Json.mapper().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValue("not-an-object", "Expected a JSON object.", "");
            }
            Row row = object(parser);
            if (parser.nextToken() != null) {
                throw new InvalidValue("trailing-json", "There is more after the JSON object.", "");
            }
            return row;
        } catch (IOException malformed) {
            throw Json.malformed(malformed);
        }
    }

    private Row object(JsonParser parser) throws IOException {
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int place = schema.place(name);
            parser.nextToken();
            values[place] = value(parser, schema.field(place));
        }
        Row row = Row.of(schema, values);
        check(row);
        return row;
    }

    private static @Nullable Object value(JsonParser parser, Field field) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (field.type()) {
            case STRING -> token == JsonToken.VALUE_STRING ? text(parser.getText(), field) : refuse(parser, field);
            case BOOLEAN -> token.isBoolean() ? (Object) parser.getBooleanValue() : refuse(parser, field);
            case INTEGER ->
                token == JsonToken.VALUE_NUMBER_INT ? (Object) integer(parser, field) : refuse(parser, field);
            case NUMBER -> token.isNumeric() ? (Object) finite(parser, field) : refuse(parser, field);
            case TIMESTAMP ->
                token == JsonToken.VALUE_STRING ? (Object) timestamp(parser.getText(), field) : refuse(parser, field);
        };
    }

    /** Half of a surrogate pair is no character: written as UTF-8, different strings would become the same. */
    private static String text(String text, Field field) {
        if (!isUnicode(text)) {
            throw new InvalidValue(
                    "wrong-value",
                    "Field '" + field.name() + "' holds half of a surrogate pair.",
                    "Send whole characters.");
        }
        return text;
    }

    /** Whether every surrogate has its other half. */
    public static boolean isUnicode(String text) {
        return text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))
                || text.codePoints()
                        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static Long integer(JsonParser parser, Field field) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrong(field, parser.getText(), "a 64-bit integer");
        }
        return parser.getLongValue();
    }

    private static Double finite(JsonParser parser, Field field) throws IOException {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw wrong(field, parser.getText(), "a finite number");
        }
        return value;
    }

    private static Long timestamp(String text, Field field) {
        try {
            return Times.parse(text);
        } catch (DateTimeException malformed) {
            throw wrong(field, text, "a timestamp with a zone, e.g. 2001-01-01T00:00:00Z");
        }
    }

    private static Object refuse(JsonParser parser, Field field) throws IOException {
        throw wrong(field, parser.getText(), "of type " + field.type().label());
    }

    /** Checks presence, ranges and allowed values of a row built by other means than {@link #read}. */
    public static void check(Row row) {
        Schema schema = row.schema();
        for (int i = 0; i < schema.size(); i++) {
            check(schema.field(i), row.get(i));
        }
    }

    private static void check(Field field, @Nullable Object value) {
        if (value == null) {
            if (field.required()) {
                throw new InvalidValue("missing-field", "Field '" + field.name() + "' is required and missing.", "");
            }
            return;
        }
        if (value instanceof Number number && !inRange(field, number.doubleValue())) {
            throw wrong(field, value.toString(), "between " + field.minimum() + " and " + field.maximum());
        }
        if (!field.allowed().isEmpty() && !field.allowed().contains(value.toString())) {
            throw wrong(field, value.toString(), "one of " + field.allowed());
        }
    }

    private static boolean inRange(Field field, double value) {
        Double minimum = field.minimum();
        Double maximum = field.maximum();
        return (minimum == null || value >= minimum) && (maximum == null || value <= maximum);
    }

    private static InvalidValue wrong(Field field, String value, String expected) {
        String shown =
                field.sensitivity() == Sensitivity.PUBLIC ? "'" + shorten(value) + "'" : "a value not shown here";
        return new InvalidValue(
                "wrong-value", "Field '" + field.name() + "' is " + shown + ", expected " + expected + ".", "");
    }

    private static String shorten(String value) {
        return value.length() <= SHOWN_VALUE_LENGTH ? value : value.substring(0, SHOWN_VALUE_LENGTH) + "…";
    }
}
