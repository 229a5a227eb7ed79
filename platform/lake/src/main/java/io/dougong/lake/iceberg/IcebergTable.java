package io.dougong.lake.iceberg;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.Compaction;
import io.dougong.lake.DiskThreads;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.RowCursor;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.Snapshot;
import io.dougong.lake.SqlEngine;
import io.dougong.lake.TableInfo;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.jspecify.annotations.Nullable;

/** One Iceberg table. Commits of this process take turns; others are met by the catalog's compare-and-swap. */
final class IcebergTable implements LakeTable {

    private final String name;
    private final Supplier<Table> loading;
    private final Supplier<String> commitIds;
    private final SqlEngine engine;
    private final DiskThreads disk;
    private final long targetFileBytes;
    private final ReentrantLock committing = new ReentrantLock();
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    IcebergTable(
            String name,
            Supplier<Table> loading,
            Supplier<String> commitIds,
            SqlEngine engine,
            DiskThreads disk,
            long targetFileBytes) {
        this.name = name;
        this.loading = loading;
        this.commitIds = commitIds;
        this.engine = engine;
        this.disk = disk;
        this.targetFileBytes = targetFileBytes;
    }

    private <T> T read(Function<Table, T> reading) {
        return disk.call(() -> reading.apply(loading.get()));
    }

    private <T> T change(Function<Table, T> changing) {
        committing.lock();
        try {
            return read(changing);
        } finally {
            committing.unlock();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return read(this::schema);
    }

    private Schema schema(Table table) {
        return TableSchemas.schema(table.schema(), table.properties().get(TableSchemas.FIELDS_PROPERTY));
    }

    @Override
    public Partitioning partitioning() {
        return read(table -> TableSchemas.partitioning(table.spec()));
    }

    @Override
    public Snapshot append(Iterator<Row> rows, Offsets from, Offsets to) {
        return change(table -> append(table, rows, from, to));
    }

    private Snapshot append(Table table, Iterator<Row> rows, Offsets from, Offsets to) {
        if (!to.covers(from) || rows.hasNext() && from.covers(to)) {
            throw LakeProblem.noProgress(name, from, to);
        }
        Offsets committed = Commits.offsets(table.currentSnapshot());
        if (!committed.equals(from)) {
            throw LakeProblem.offsetsMoved(name, from, committed);
        }
        TableWriter writer = writer(table);
        return commitOrAbort(writer, () -> {
            RowFit fit = new RowFit(name, schema(table));
            rows.forEachRemaining(row -> writer.write(fit.fit(row)));
            AppendFiles append = table.newFastAppend();
            for (DataFile file : writer.files()) {
                append.appendFile(file);
            }
            Commits.commit(table, name, append, from, to);
            return Commits.snapshot(table.currentSnapshot());
        });
    }

    private TableWriter writer(Table table) {
        return new TableWriter(table, commitIds.get(), targetFileBytes, pending);
    }

    private static <T> T commitOrAbort(TableWriter writer, Supplier<T> work) {
        try {
            T done = work.get();
            writer.release();
            return done;
        } catch (LakeProblem.CommitUnknown unknown) {
            writer.release();
            throw unknown;
        } catch (RuntimeException | Error failed) {
            writer.abort();
            throw failed;
        }
    }

    @Override
    public Offsets offsets() {
        return read(table -> Commits.offsets(table.currentSnapshot()));
    }

    @Override
    public Optional<Snapshot> current() {
        return read(this::current);
    }

    private Optional<Snapshot> current(Table table) {
        return Optional.ofNullable(table.currentSnapshot()).map(Commits::snapshot);
    }

    @Override
    public List<Snapshot> snapshots() {
        return read(this::oldestFirst).stream().map(Commits::snapshot).toList();
    }

    private List<org.apache.iceberg.Snapshot> oldestFirst(Table table) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .sorted(Comparator.comparing(org.apache.iceberg.Snapshot::sequenceNumber))
                .toList();
    }

    @Override
    public RowCursor scan(ScanRequest request) {
        return read(table -> scan(table, request));
    }

    private RowCursor scan(Table table, ScanRequest request) {
        TableScanner scanner = scanner(
                table, request.snapshotId().isPresent() ? request.snapshotId().getAsLong() : null);
        request.times().ifPresent(times -> scanner.schema().place(times.field()));
        Schema wanted = scanner.projected(request.columns());
        request.sortedBy().forEach(wanted::place);
        return request.sortedBy().isEmpty()
                ? disk.cursor(wanted, () -> scanner.open(request.columns(), request.times()))
                : engine.sorted(scanner.sqlFiles(request.times()), wanted, request.times(), request.sortedBy());
    }

    private TableScanner scanner(Table table, @Nullable Long snapshotId) {
        if (snapshotId == null) {
            return TableScanner.current(table, name);
        }
        org.apache.iceberg.Snapshot snapshot = table.snapshot(snapshotId);
        if (snapshot == null) {
            throw missing(table, snapshotId);
        }
        return TableScanner.at(table, name, snapshot);
    }

    /** A table that still has its first snapshot has lost none. */
    private LakeProblem missing(Table table, long snapshotId) {
        List<org.apache.iceberg.Snapshot> kept = oldestFirst(table);
        boolean complete = kept.isEmpty() || kept.getFirst().parentId() == null;
        return complete ? LakeProblem.unknownSnapshot(name, snapshotId) : LakeProblem.expired(name, snapshotId);
    }

    @Override
    public Snapshot firstCovering(Offsets offsets) {
        return read(table -> firstCovering(table, offsets));
    }

    private Snapshot firstCovering(Table table, Offsets offsets) {
        List<org.apache.iceberg.Snapshot> kept = oldestFirst(table);
        org.apache.iceberg.Snapshot first = kept.stream()
                .filter(snapshot -> Commits.offsets(snapshot).covers(offsets))
                .findFirst()
                .orElseThrow(() -> LakeProblem.notCovered(name, offsets, Commits.offsets(table.currentSnapshot())));
        if (first.parentId() != null && Commits.before(first).covers(offsets)) {
            throw LakeProblem.coveringExpired(name, offsets);
        }
        return Commits.snapshot(first);
    }

    @Override
    public void evolve(Schema schema) {
        change(table -> Evolution.evolve(table, name, schema(table), schema));
    }

    @Override
    public Compaction compact() {
        return change(table -> {
            TableWriter writer = writer(table);
            return commitOrAbort(writer, () -> new Compactor(table, name, targetFileBytes).compact(writer));
        });
    }

    @Override
    public int expire(long olderThanMicros, int keepLast) {
        return change(table -> expire(table, olderThanMicros, keepLast));
    }

    private int expire(Table table, long olderThanMicros, int keepLast) {
        int before = oldestFirst(table).size();
        try {
            table.expireSnapshots()
                    .expireOlderThan(Math.floorDiv(olderThanMicros, 1000))
                    .retainLast(Math.max(1, keepLast))
                    .cleanExpiredFiles(true)
                    .commit();
        } catch (CommitFailedException _) {
            throw LakeProblem.changedMeanwhile(name, "expiry");
        }
        table.refresh();
        return before - oldestFirst(table).size();
    }

    @Override
    public int clean(long olderThanMicros) {
        return change(table -> new Cleanup(table, pending).deleteOlderThan(Math.floorDiv(olderThanMicros, 1000)));
    }

    TableInfo info() {
        return read(table -> new TableInfo(
                name,
                schema(table),
                TableSchemas.partitioning(table.spec()),
                current(table),
                oldestFirst(table).size(),
                table.currentSnapshot() == null ? 0 : Commits.bytes(table.currentSnapshot())));
    }

    /** Files for a query, now or as they were. */
    SqlEngine.Files files(SqlEngine.When when) {
        return read(table -> scanner(table, snapshotId(table, when)).sqlFiles(Optional.empty()));
    }

    /** The data files of one snapshot. */
    List<String> locations(long snapshotId) {
        return read(table -> scanner(table, snapshotId).files(Optional.empty())).stream()
                .map(DataFile::location)
                .toList();
    }

    private @Nullable Long snapshotId(Table table, SqlEngine.When when) {
        if (when.snapshotId().isPresent()) {
            return when.snapshotId().getAsLong();
        }
        if (when.atMicros().isEmpty()) {
            return null;
        }
        long at = when.atMicros().getAsLong();
        return oldestFirst(table).stream()
                .filter(snapshot -> snapshot.timestampMillis() * 1000 <= at)
                .reduce((_, later) -> later)
                .map(org.apache.iceberg.Snapshot::snapshotId)
                .orElseThrow(() -> LakeProblem.nothingAt(
                        name, io.dougong.kernel.Times.instant(at).toString()));
    }
}
