package io.dougong.lake.iceberg;

import com.fasterxml.jackson.core.type.TypeReference;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Json;
import io.dougong.kernel.Schema;
import io.dougong.lake.Partitioning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Between the product's schemas and Iceberg's. Ranges, allowed values and sensitivity, which Iceberg has no place for, are kept
 * in a table property.
 */
final class TableSchemas {

    static final String FIELDS_PROPERTY = "dougong.fields";

    private static final TypeReference<List<Field>> FIELDS = new TypeReference<>() {};

    private TableSchemas() {}

    static org.apache.iceberg.Schema iceberg(Schema schema) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Field field : schema.fields()) {
            int id = fields.size() + 1;
            fields.add(
                    field.required()
                            ? Types.NestedField.required(id, field.name(), type(field.type()))
                            : Types.NestedField.optional(id, field.name(), type(field.type())));
        }
        return new org.apache.iceberg.Schema(fields);
    }

    static Type type(FieldType type) {
        return switch (type) {
            case STRING -> Types.StringType.get();
            case INTEGER -> Types.LongType.get();
            case NUMBER -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case TIMESTAMP -> Types.TimestampType.withZone();
        };
    }

    static FieldType type(Type type) {
        return switch (type.typeId()) {
            case LONG, INTEGER -> FieldType.INTEGER;
            case DOUBLE, FLOAT -> FieldType.NUMBER;
            case BOOLEAN -> FieldType.BOOLEAN;
            case TIMESTAMP -> FieldType.TIMESTAMP;
            default -> FieldType.STRING;
        };
    }

    static String property(Schema schema) {
        return Json.text(schema.fields());
    }

    /** The product's schema of an Iceberg one: required is what Iceberg says, the rest what the property says. */
    static Schema schema(org.apache.iceberg.Schema schema, @Nullable String property) {
        Map<String, Field> known = known(property);
        return Schema.of(schema.columns().stream()
                .map(column -> field(column, known.get(column.name())))
                .toList());
    }

    private static Map<String, Field> known(@Nullable String property) {
        Map<String, Field> known = new HashMap<>();
        if (property != null) {
            try {
                Json.mapper().readValue(property, FIELDS).forEach(field -> known.put(field.name(), field));
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        }
        return known;
    }

    private static Field field(Types.NestedField column, @Nullable Field known) {
        FieldType type = type(column.type());
        if (known == null || known.type() != type) {
            return column.isRequired() ? Field.required(column.name(), type) : Field.optional(column.name(), type);
        }
        return new Field(
                known.name(),
                type,
                column.isRequired(),
                known.sensitivity(),
                known.minimum(),
                known.maximum(),
                known.allowed());
    }

    static PartitionSpec spec(org.apache.iceberg.Schema schema, Partitioning partitioning) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        String field = partitioning.field();
        return switch (partitioning.unit()) {
            case NONE -> spec.build();
            case VALUE -> spec.identity(field).build();
            case HOUR -> spec.hour(field).build();
            case DAY -> spec.day(field).build();
            case MONTH -> spec.month(field).build();
        };
    }

    static Partitioning partitioning(PartitionSpec spec) {
        if (spec.isUnpartitioned()) {
            return Partitioning.NONE;
        }
        PartitionField field = spec.fields().getFirst();
        String name = spec.schema().findColumnName(field.sourceId());
        return switch (field.transform().toString()) {
            case "hour" -> Partitioning.byHour(name);
            case "day" -> Partitioning.byDay(name);
            case "month" -> Partitioning.byMonth(name);
            default -> Partitioning.byValue(name);
        };
    }
}
