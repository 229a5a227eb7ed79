package io.dougong.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import io.dougong.kernel.Row;
import io.dougong.kernel.RowReader;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.kernel.Times;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON with every field that is not public sealed under the row's subject. A field that became personal later is
 * still read from old rows, where it is in clear.
 */
public final class SealedRows {

    private final Schema schema;
    private final Vault vault;
    private final RowReader reader;

    public SealedRows(Schema schema, Vault vault) {
        this.schema = schema;
        this.vault = vault;
        this.reader = new RowReader(relaxed(schema));
    }

    /**
     * A row read back.
     *
     * @param erased fields whose values are gone with their person; null in the row
     */
    public record Read(Row row, Set<String> erased) {

        public Read {
            erased = Set.copyOf(erased);
        }
    }

    /** @param subject the person concerned; null if the row is about nobody, and then it must have no personal value */
    public byte[] write(Row row, @Nullable String subject) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < schema.size(); i++) {
            Object value = row.get(i);
            if (value != null) {
                json.set(schema.field(i).name(), written(schema.field(i), value, subject));
            }
        }
        return Json.bytes(json);
    }

    private JsonNode written(Field field, Object value, @Nullable String subject) {
        JsonNode clear = Json.mapper().valueToTree(external(field, value));
        if (field.sensitivity() == Sensitivity.PUBLIC) {
            return clear;
        }
        if (subject == null) {
            throw TrustProblem.noSubject(field.name());
        }
        String sealed = vault.seal(subject, field.name(), Json.bytes(clear)).text();
        return JsonNodeFactory.instance.textNode(sealed);
    }

    private static Object external(Field field, Object value) {
        return field.type() == FieldType.TIMESTAMP && value instanceof Long micros
                ? Times.instant(micros).toString()
                : value;
    }

    /** @throws TrustProblem.Refused if a sealed value was changed or belongs to another subject or field */
    public Read read(byte[] json, @Nullable String subject) {
        if (!(Json.tree(json) instanceof ObjectNode object)) {
            throw new InvalidValue("not-an-object", "Expected a JSON object.", "");
        }
        Set<String> erased = new LinkedHashSet<>();
        for (Field field : schema.fields()) {
            if (field.sensitivity() != Sensitivity.PUBLIC) {
                open(object, field, subject, erased);
            }
        }
        Row relaxed = reader.read(Json.bytes(object));
        return new Read(Row.of(schema, values(relaxed)), erased);
    }

    private void open(ObjectNode object, Field field, @Nullable String subject, Set<String> erased) {
        JsonNode value = object.get(field.name());
        if (value == null || !value.isTextual() || !Sealed.looksSealed(value.textValue())) {
            return;
        }
        if (subject == null) {
            throw TrustProblem.noSubject(field.name());
        }
        switch (vault.open(subject, field.name(), Sealed.parse(value.textValue()))) {
            case Opened.Clear clear -> object.set(field.name(), Json.tree(clear.bytes()));
            case Opened.Erased _ -> {
                object.remove(field.name());
                erased.add(field.name());
            }
        }
    }

    private static @Nullable Object[] values(Row row) {
        @Nullable Object[] values = new @Nullable Object[row.schema().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }

    /** What is read was checked when it was written, and an erased field may be missing though it is required. */
    private static Schema relaxed(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(new Field(field.name(), field.type(), false, field.sensitivity(), null, null, List.of()));
        }
        return Schema.of(fields);
    }
}
