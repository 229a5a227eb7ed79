package io.dougong.node;

import io.dougong.features.FeatureStore;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import io.dougong.lake.LakeTable;
import io.dougong.lake.RowCursor;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.SystemColumns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a feature store from the lake up to given offsets. Each stream is fed by itself, its events in the order in which they had
 * arrived: a value depends on which events its own stream has seen, not on how streams interleave, so a stream that is behind, or
 * that no feature is about, holds up no other.
 */
final class LakeFeed implements AutoCloseable {

    private final FeatureStore store;
    private final List<Source> sources = new ArrayList<>();

    LakeFeed(FeatureStore store) {
        this.store = store;
    }

    /** @param request which rows of the stream's table, e.g. of which snapshot */
    LakeFeed add(NodeStream stream, LakeTable table, ScanRequest request) {
        Source source = new Source(stream, table.scan(request.sortedBy(SystemColumns.SEQUENCE)));
        sources.add(source);
        source.advance();
        return this;
    }

    /** Feeds every event before these offsets; offsets only ever grow from call to call. */
    void feedUpTo(Offsets offsets) {
        for (Source source : sources) {
            while (source.isBefore(offsets)) {
                source.apply();
                source.advance();
            }
        }
    }

    @Override
    public void close() {
        sources.forEach(source -> source.rows.close());
    }

    /** The rows of one stream. */
    private final class Source {

        private final NodeStream stream;
        private final RowCursor rows;
        private final int partitionPlace;
        private final int offsetPlace;
        private @Nullable Row row;

        Source(NodeStream stream, RowCursor rows) {
            this.stream = stream;
            this.rows = rows;
            Schema schema = rows.schema();
            this.partitionPlace = schema.place(SystemColumns.PARTITION);
            this.offsetPlace = schema.place(SystemColumns.OFFSET);
        }

        void advance() {
            row = rows.hasNext() ? rows.next() : null;
        }

        private Row current() {
            if (row == null) {
                throw new IllegalStateException("There is no row after the last");
            }
            return row;
        }

        private int partition() {
            return (int) current().number(partitionPlace);
        }

        private long offset() {
            return (long) current().number(offsetPlace);
        }

        /** Whether there is a row, and the offsets, which name streams as the manifest does, cover it. */
        boolean isBefore(Offsets offsets) {
            return row != null && offset() < offsets.of(new StreamPartition(stream.name(), partition()));
        }

        void apply() {
            Row own = stream.ownFields(current());
            store.apply(stream.name(), partition(), offset(), stream.timeMicros(own), own);
        }
    }
}
