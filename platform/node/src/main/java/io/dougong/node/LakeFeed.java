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
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Feeds a feature store from the lake, event after event in the order in which they had arrived in the log. */
final class LakeFeed implements AutoCloseable {

    private final FeatureStore store;
    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Source> next = new PriorityQueue<>(Comparator.comparingLong(Source::sequence));

    LakeFeed(FeatureStore store) {
        this.store = store;
    }

    /** @param request which rows of the stream's table, e.g. of which snapshot */
    LakeFeed add(NodeStream stream, LakeTable table, ScanRequest request) {
        Source source = new Source(stream, table.scan(request.sortedBy(SystemColumns.SEQUENCE)));
        sources.add(source);
        if (source.advance()) {
            next.add(source);
        }
        return this;
    }

    /** Feeds every event before these offsets; offsets only ever grow from call to call. */
    void feedUpTo(Offsets offsets) {
        while (!next.isEmpty() && next.element().isBefore(offsets)) {
            Source source = next.remove();
            source.apply();
            if (source.advance()) {
                next.add(source);
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
        private final int sequencePlace;
        private @Nullable Row row;

        Source(NodeStream stream, RowCursor rows) {
            this.stream = stream;
            this.rows = rows;
            Schema schema = rows.schema();
            this.partitionPlace = schema.place(SystemColumns.PARTITION);
            this.offsetPlace = schema.place(SystemColumns.OFFSET);
            this.sequencePlace = schema.place(SystemColumns.SEQUENCE);
        }

        boolean advance() {
            row = rows.hasNext() ? rows.next() : null;
            return row != null;
        }

        private Row current() {
            if (row == null) {
                throw new IllegalStateException("There is no row after the last");
            }
            return row;
        }

        long sequence() {
            return (long) current().number(sequencePlace);
        }

        private int partition() {
            return (int) current().number(partitionPlace);
        }

        private long offset() {
            return (long) current().number(offsetPlace);
        }

        /** Offsets of a decision name streams as the manifest does. A stream that its features do not use is passed over. */
        boolean isBefore(Offsets offsets) {
            StreamPartition partition = new StreamPartition(stream.name(), partition());
            return offset() < offsets.of(partition);
        }

        void apply() {
            Row own = stream.ownFields(current());
            store.apply(stream.name(), partition(), offset(), stream.timeMicros(own), own);
        }
    }
}
