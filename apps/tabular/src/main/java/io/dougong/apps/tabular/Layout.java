package io.dougong.apps.tabular;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How rows of the table become events: one stream asks with the features, another brings the label a second later. */
final class Layout {

    static final String ROWS = "rows";
    static final String OUTCOMES = "outcomes";
    static final String KEY = "row_id";
    static final String TIME = "row_time";
    static final String KNOWN = "known";
    static final String VALUE = "label";

    private static final long LABEL_DELAY_MICROS = 1_000_000;
    private static final int LONGEST_FIELD = 60;

    /**
     * A column of the table that is a field of the asking stream.
     *
     * @param place in the table
     */
    record Column(String name, String field, int place, Kind kind, ColumnProfile profile) {

        FieldType type() {
            return switch (kind) {
                case BOOLEAN -> FieldType.BOOLEAN;
                case INTEGER -> FieldType.INTEGER;
                case NUMBER -> FieldType.NUMBER;
                default -> FieldType.STRING;
            };
        }

        @Nullable
        Object value(@Nullable String[] values) {
            return profile.parsed(values[place], kind);
        }
    }

    private final List<Column> features = new ArrayList<>();
    private final Label label;
    private final int labelPlace;

    Layout(Table table, Profile profile) {
        this.label = profile.label();
        this.labelPlace = table.header().indexOf(label.column());
        Set<String> taken = new HashSet<>(Set.of(KEY, TIME, "hour", "weekday"));
        for (String name : profile.features()) {
            ColumnProfile column = profile.column(name);
            features.add(new Column(name, field(name, taken), table.header().indexOf(name), column.kind(), column));
        }
    }

    private static String field(String name, Set<String> taken) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String letters = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "c_" + plain : plain;
        String base = letters.substring(0, Math.min(letters.length(), LONGEST_FIELD));
        String field = base;
        for (int i = 2; !taken.add(field); i++) {
            field = base + "_" + i;
        }
        return field;
    }

    List<Column> features() {
        return features;
    }

    Label label() {
        return label;
    }

    /** Null if the row has none. */
    @Nullable
    Object truth(@Nullable String[] values) {
        String value = values[labelPlace];
        if (value == null) {
            return null;
        }
        return switch (label.task()) {
            case BINARY -> value.equals(label.positive());
            case MULTICLASS -> value;
            case REGRESSION -> Values.number(value);
        };
    }

    static String key(long row) {
        return "r" + row;
    }

    byte[] asking(String key, long micros, List<? extends @Nullable Object> values) {
        return json(out -> {
            out.writeStringField(KEY, key);
            out.writeStringField(TIME, Times.instant(micros).toString());
            for (int i = 0; i < values.size(); i++) {
                write(out, features.get(i).field(), values.get(i));
            }
        });
    }

    byte[] outcome(String key, long micros, Object truth) {
        return json(out -> {
            out.writeStringField(KEY, key);
            out.writeStringField(
                    KNOWN, Times.instant(micros + LABEL_DELAY_MICROS).toString());
            write(out, VALUE, truth);
        });
    }

    private static void write(JsonGenerator out, String field, @Nullable Object value) throws IOException {
        switch (value) {
            case Long number -> out.writeNumberField(field, number);
            case Double number -> out.writeNumberField(field, number);
            case Boolean truth -> out.writeBooleanField(field, truth);
            case String text -> out.writeStringField(field, text);
            case null, default -> {}
        }
    }

    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] json(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = Json.mapper().getFactory().createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** A number without needless digits. */
    static String shown(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
