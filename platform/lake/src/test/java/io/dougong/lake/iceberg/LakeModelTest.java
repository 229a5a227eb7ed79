package io.dougong.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any mixture of appends, repeats, compactions, expiries and evolutions agrees with a list of rows and a map of offsets. */
@SuppressWarnings("NullAway.Init")
class LakeModelTest {

    private static final long FOREVER = Long.MAX_VALUE / 4;

    /** What to do, and a number that says how much of it. */
    record Step(Kind kind, int size) {
        enum Kind {
            APPEND,
            REPEAT,
            ZOMBIE,
            EMPTY,
            COMPACT,
            EXPIRE,
            EVOLVE,
            CLEAN,
            REOPEN
        }
    }

    private Path folder;
    private IcebergLake lake;
    private LakeTable table;
    private long reached;
    private long previous;
    private int extraFields;
    /** Offset by snapshot sequence, of those not expired. */
    private final TreeMap<Long, Long> model = new TreeMap<>();

    @BeforeTry
    void open() throws IOException {
        folder = Files.createTempDirectory("lake-model");
        lake = Lakes.open(folder);
        table = lake.create("events", Lakes.SCHEMA, Partitioning.byHour("at"));
        reached = 0;
        previous = 0;
        extraFields = 0;
        model.clear();
    }

    @AfterTry
    void close() throws IOException {
        lake.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step.Kind> kinds = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(5, Step.Kind.APPEND),
                net.jqwik.api.Tuple.of(1, Step.Kind.REPEAT),
                net.jqwik.api.Tuple.of(1, Step.Kind.ZOMBIE),
                net.jqwik.api.Tuple.of(1, Step.Kind.EMPTY),
                net.jqwik.api.Tuple.of(2, Step.Kind.COMPACT),
                net.jqwik.api.Tuple.of(2, Step.Kind.EXPIRE),
                net.jqwik.api.Tuple.of(1, Step.Kind.EVOLVE),
                net.jqwik.api.Tuple.of(1, Step.Kind.CLEAN),
                net.jqwik.api.Tuple.of(1, Step.Kind.REOPEN));
        return net.jqwik.api.Combinators.combine(kinds, Arbitraries.integers().between(1, 120))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(10);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, seed = "20261124")
    void everySequenceAgreesWithTheModel(@ForAll("steps") List<Step> steps) {
        for (Step step : steps) {
            apply(step);
            assertThat(table.offsets()).as(step.toString()).isEqualTo(Lakes.at(reached));
        }
        compare();
    }

    private void apply(Step step) {
        switch (step.kind()) {
            case APPEND -> append(step.size());
            case REPEAT -> {
                if (reached > 0) {
                    refused(previous, reached);
                }
            }
            case ZOMBIE -> refused(reached + 1, reached + step.size() + 1);
            case EMPTY -> commit(table.append(List.of(), Lakes.at(reached), Lakes.at(reached)), reached);
            case COMPACT -> compact();
            case EXPIRE -> expire(1 + step.size() % 4);
            case EVOLVE -> evolve();
            case CLEAN -> assertThat(table.clean(FOREVER)).isZero();
            case REOPEN -> {
                lake.close();
                lake = Lakes.open(folder);
                table = lake.table("events");
            }
        }
    }

    private void append(int count) {
        long to = reached + count;
        Snapshot snapshot = table.append(Lakes.rows(reached, to), Lakes.at(reached), Lakes.at(to));
        assertThat(snapshot.records()).isEqualTo(to);
        previous = reached;
        commit(snapshot, to);
    }

    private void commit(Snapshot snapshot, long to) {
        reached = to;
        model.put(snapshot.sequence(), to);
    }

    private void refused(long from, long to) {
        assertThatThrownBy(() -> table.append(Lakes.rows(from, to), Lakes.at(from), Lakes.at(to)))
                .isInstanceOf(LakeProblem.OffsetsMoved.class);
    }

    private void compact() {
        if (table.compact().filesBefore() > 0) {
            commit(table.current().orElseThrow(), reached);
        }
    }

    private void expire(int keep) {
        int gone = table.expire(FOREVER, keep);
        assertThat(gone).isEqualTo(Math.max(0, model.size() - keep));
        for (int i = 0; i < gone; i++) {
            model.pollFirstEntry();
        }
    }

    private void evolve() {
        List<Field> fields = new ArrayList<>(table.schema().fields());
        fields.add(Field.optional("extra" + extraFields++, FieldType.NUMBER));
        table.evolve(Schema.of(fields));
        assertThat(table.schema().fields()).isEqualTo(fields);
    }

    private void compare() {
        TreeMap<Long, Long> found = new TreeMap<>();
        for (Snapshot snapshot : table.snapshots()) {
            found.put(snapshot.sequence(), Lakes.next(snapshot.offsets()));
            List<Row> rows = table.scan(ScanRequest.all().at(snapshot.id()).sortedBy("id"))
                    .toList();
            assertThat(ids(rows))
                    .isEqualTo(LongStream.range(0, Lakes.next(snapshot.offsets()))
                            .boxed()
                            .toList());
        }
        assertThat(found).isEqualTo(model);
        List<Row> unsorted = new ArrayList<>(table.scan(ScanRequest.all()).toList());
        unsorted.sort(Comparator.comparing(row -> (Long) row.get("id")));
        assertThat(unsorted)
                .isEqualTo(table.scan(ScanRequest.all().sortedBy("id")).toList());
        for (Row row : unsorted) {
            Row expected = Lakes.row((long) row.number(0));
            assertThat(row.asMap()).isEqualTo(expected.asMap());
        }
    }

    private static List<Long> ids(List<Row> rows) {
        return rows.stream().map(row -> (Long) row.get("id")).toList();
    }
}
