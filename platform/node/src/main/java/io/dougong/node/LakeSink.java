package io.dougong.node;

import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Times;
import io.dougong.lake.LakeTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries events from the log into the tables of the lake. Each commit holds rows and offsets together, so that after a crash it
 * goes on exactly behind what is there.
 */
final class LakeSink implements Follower.Handler {

    private static final int MOST_ROWS = 50_000;
    private static final int MOST_WAITING_ROWS = 200_000;

    /** Turns an event into a row of its table. */
    interface Projection {
        Row row(Stored stored);
    }

    private final Map<String, TableFeed> feeds = new HashMap<>();
    private final InstantSource clock;
    private final Duration commitEvery;
    private Offsets wanted = Offsets.NONE;
    private Offsets reached = Offsets.NONE;
    private volatile @Nullable StorageProblem stalled;

    LakeSink(InstantSource clock, Duration commitEvery) {
        this.clock = clock;
        this.commitEvery = commitEvery;
    }

    /** Before the follower starts. */
    void feed(String stream, LakeTable table, Projection projection) {
        feeds.put(stream, new TableFeed(table, projection, Times.micros(clock.instant())));
        reached = merged(reached, table.offsets());
    }

    /** What the tables have taken in. */
    synchronized Offsets reached() {
        return reached;
    }

    @Override
    public void handle(List<Stored> batch) {
        for (Stored stored : batch) {
            TableFeed feed = feeds.get(stored.position().stream());
            if (feed != null) {
                feed.add(stored);
            }
        }
        boolean asked = asked();
        long now = Times.micros(clock.instant());
        for (TableFeed feed : feeds.values()) {
            if (feed.due(now, asked && batch.isEmpty())) {
                commit(feed, now);
            }
        }
    }

    /** While the disk is full the rows are kept, up to a bound, and tried again with the next batch. */
    private void commit(TableFeed feed, long nowMicros) {
        try {
            committed(feed.commit(nowMicros));
            stalled = null;
        } catch (RuntimeException failed) {
            StorageProblem disk = StorageProblem.behind(failed).orElseThrow(() -> failed);
            if (feed.rows.size() >= MOST_WAITING_ROWS) {
                throw disk;
            }
            stalled = disk;
        }
    }

    /** What keeps the lake from taking in more just now, if anything does. */
    @Nullable
    StorageProblem stalled() {
        return stalled;
    }

    /** Waits until everything before these offsets is in the tables. */
    void await(Offsets target, Follower follower) {
        synchronized (this) {
            wanted = merged(wanted, target);
        }
        follower.await("lake", () -> {
            StorageProblem disk = stalled;
            if (disk != null) {
                throw disk;
            }
            return reached().covers(target);
        });
    }

    private synchronized boolean asked() {
        return !reached.covers(wanted);
    }

    private synchronized void committed(Offsets offsets) {
        reached = merged(reached, offsets);
    }

    private static Offsets merged(Offsets a, Offsets b) {
        Offsets both = a;
        for (Map.Entry<StreamPartition, Long> entry : b.next().entrySet()) {
            both = both.with(entry.getKey(), Math.max(both.of(entry.getKey()), entry.getValue()));
        }
        return both;
    }

    /** Rows that wait for the next commit of one table. */
    private final class TableFeed {

        private final LakeTable table;
        private final Projection projection;
        private final List<Row> rows = new ArrayList<>();
        private Offsets from;
        private final Map<StreamPartition, Long> to;
        private long committedMicros;

        TableFeed(LakeTable table, Projection projection, long nowMicros) {
            this.table = table;
            this.projection = projection;
            this.from = table.offsets();
            this.to = new HashMap<>(from.next());
            this.committedMicros = nowMicros;
        }

        void add(Stored stored) {
            Position position = stored.position();
            StreamPartition partition = new StreamPartition(position.stream(), position.partition());
            if (position.offset() < to.getOrDefault(partition, 0L)) {
                return;
            }
            rows.add(projection.row(stored));
            to.put(partition, position.offset() + 1);
        }

        boolean due(long nowMicros, boolean asked) {
            return rows.size() >= MOST_ROWS
                    || !rows.isEmpty() && (asked || nowMicros - committedMicros >= commitEvery.toNanos() / 1_000);
        }

        Offsets commit(long nowMicros) {
            Offsets next = new Offsets(new java.util.TreeMap<>(to));
            table.append(rows, from, next);
            rows.clear();
            from = next;
            committedMicros = nowMicros;
            return next;
        }
    }
}
