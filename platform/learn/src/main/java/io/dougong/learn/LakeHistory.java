package io.dougong.learn;

import io.dougong.features.FeatureEvent;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Times;
import io.dougong.lake.RowCursor;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.Snapshot;
import io.dougong.lake.SystemColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one stream from one snapshot of its table, in the order of history, with derived fields. */
final class LakeHistory implements Iterator<FeatureEvent>, AutoCloseable {

    /** The years 1 to 9999: beyond them an SQL engine may not follow. */
    private static final long EARLIEST_MICROS = Times.micros(Instant.parse("0001-01-01T00:00:00Z"));

    private static final long LATEST_MICROS = Times.micros(Instant.parse("9999-12-31T23:59:59Z"));

    private final LearningStream stream;
    private final Schema schema;
    private final int timePlace;
    private final RowCursor cursor;

    /** @param lastMicros event time after which nothing is read */
    LakeHistory(LearningStream stream, Snapshot snapshot, long lastMicros) {
        this.stream = stream;
        this.schema = stream.fields().derivation().input();
        this.timePlace = schema.place(stream.time());
        List<String> columns = new ArrayList<>(schema.names());
        columns.add(SystemColumns.PARTITION);
        columns.add(SystemColumns.OFFSET);
        this.cursor = stream.table()
                .scan(ScanRequest.all()
                        .at(snapshot.id())
                        .columns(columns.toArray(String[]::new))
                        .between(stream.time(), EARLIEST_MICROS, Math.min(lastMicros, LATEST_MICROS) + 1)
                        .sortedBy(stream.time(), SystemColumns.PARTITION, SystemColumns.OFFSET));
    }

    @Override
    public boolean hasNext() {
        return cursor.hasNext();
    }

    @Override
    public FeatureEvent next() {
        Row row = cursor.next();
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int place = 0; place < values.length; place++) {
            values[place] = row.get(place);
        }
        Row own = Row.of(schema, values);
        return new FeatureEvent(
                stream.name(),
                (int) number(row, values.length),
                number(row, values.length + 1),
                number(own, timePlace),
                stream.fields().derivation().apply(own));
    }

    private static long number(Row row, int place) {
        return row.get(place) instanceof Long number ? number : 0;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
