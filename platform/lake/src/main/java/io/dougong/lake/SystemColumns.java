package io.dougong.lake;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.List;

/** Columns that say where a row came from; a sink declares them through {@link #extend} and fills them. */
public final class SystemColumns {

    public static final String STREAM = "_stream";
    public static final String PARTITION = "_partition";
    public static final String OFFSET = "_offset";
    /** Place of the row among those of one event, or of one commit: the sink's choice. */
    public static final String SEQUENCE = "_sequence";
    /** When the event was taken into the log. */
    public static final String INGESTED = "_ingested";

    private static final List<Field> FIELDS = List.of(
            Field.optional(STREAM, FieldType.STRING),
            Field.optional(PARTITION, FieldType.INTEGER),
            Field.optional(OFFSET, FieldType.INTEGER),
            Field.optional(SEQUENCE, FieldType.INTEGER),
            Field.optional(INGESTED, FieldType.TIMESTAMP));

    private SystemColumns() {}

    /** The schema with the system columns behind its own. */
    public static Schema extend(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.addAll(FIELDS);
        return Schema.of(fields);
    }
}
