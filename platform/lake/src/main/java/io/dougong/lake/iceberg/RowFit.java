package io.dougong.lake.iceberg;

import io.dougong.kernel.Field;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.LakeProblem;
import org.jspecify.annotations.Nullable;

/** Checks the rows of an append against the table, and fills in the fields that their schema lacks. */
final class RowFit {

    private final String table;
    private final Schema schema;
    private @Nullable Schema rowSchema;
    private int[] places = new int[0];
    private long count;

    RowFit(String table, Schema schema) {
        this.table = table;
        this.schema = schema;
    }

    /** Rows of one source share one schema object: its places are looked up once. */
    @SuppressWarnings("ReferenceEquality")
    Row fit(Row row) {
        if (row.schema() != rowSchema) {
            map(row.schema());
        }
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = places[i] < 0 ? null : row.get(places[i]);
            check(schema.field(i), values[i]);
        }
        count++;
        return Row.of(schema, values);
    }

    private void map(Schema next) {
        for (String name : next.names()) {
            if (!schema.has(name)) {
                throw misfit("the table has no field '" + name + "'");
            }
        }
        places = new int[schema.size()];
        for (int i = 0; i < places.length; i++) {
            String name = schema.field(i).name();
            places[i] = next.has(name) ? next.place(name) : -1;
        }
        rowSchema = next;
    }

    private void check(Field field, @Nullable Object value) {
        if (value == null) {
            if (field.required()) {
                throw misfit("field '" + field.name() + "' is required and missing");
            }
        } else if (value.getClass() != field.type().javaClass()) {
            throw misfit("field '" + field.name() + "' is " + field.type().label() + ", got a "
                    + value.getClass().getSimpleName());
        }
    }

    private LakeProblem misfit(String why) {
        return LakeProblem.badRow(table, count, why);
    }
}
