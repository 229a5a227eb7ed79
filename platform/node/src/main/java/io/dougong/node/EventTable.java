package io.dougong.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Json;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.lake.Lake;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.SystemColumns;
import org.jspecify.annotations.Nullable;

/** The lake's table of a stream: its fields, then where each row came from. Personal values stay sealed, as text. */
final class EventTable {

    private final NodeStream stream;
    private final LakeTable table;
    private final Schema columns;

    private EventTable(NodeStream stream, LakeTable table, Schema columns) {
        this.stream = stream;
        this.table = table;
        this.columns = columns;
    }

    static EventTable of(NodeStream stream, Lake lake) {
        Schema columns = SystemColumns.extend(Schema.of(
                stream.schema().fields().stream().map(EventTable::column).toList()));
        Partitioning byMonth = Partitioning.byMonth(stream.definition().time());
        return new EventTable(stream, lake.create(stream.table(), columns, byMonth), columns);
    }

    private static Field column(Field field) {
        return field.sensitivity() == Sensitivity.PUBLIC
                ? new Field(field.name(), field.type(), false, Sensitivity.PUBLIC, null, null, java.util.List.of())
                : Field.optional(field.name(), FieldType.STRING);
    }

    LakeTable table() {
        return table;
    }

    Row row(Stored stored) {
        Schema schema = stream.schema();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        Row read = stream.row(stored);
        for (int i = 0; i < schema.size(); i++) {
            values[i] = read.get(i);
        }
        if (!stream.personal().isEmpty()) {
            keepSealed(values, stored);
        }
        Position at = stored.position();
        int place = schema.size();
        values[place++] = at.stream();
        values[place++] = (long) at.partition();
        values[place++] = at.offset();
        values[place++] = stored.sequence();
        values[place] = stored.ingestedMicros();
        return Row.of(columns, values);
    }

    private void keepSealed(@Nullable Object[] values, Stored stored) {
        JsonNode json = Json.tree(stored.event().data());
        for (String field : stream.personal()) {
            values[stream.schema().place(field)] = json.path(field).asText(null);
        }
    }
}
