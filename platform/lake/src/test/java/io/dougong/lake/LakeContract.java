package io.dougong.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.kernel.StreamPartition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every lake does, whatever it is made of. */
@SuppressWarnings("NullAway.Init")
public abstract class LakeContract {

    protected static final StreamPartition PARTITION = new StreamPartition("departures", 0);
    private static final long DAY = 86_400_000_000L;
    private static final long FOREVER = Long.MAX_VALUE / 4;

    protected static final Schema SCHEMA = Schema.of(
            Field.required("id", FieldType.INTEGER),
            Field.optional("origin", FieldType.STRING),
            Field.optional("delay", FieldType.NUMBER).between(-2000, 2000),
            Field.optional("late", FieldType.BOOLEAN),
            Field.required("at", FieldType.TIMESTAMP),
            Field.optional("pilot", FieldType.STRING).personal());

    @TempDir
    protected Path folder;

    private Lake lake;

    /** Opens the lake of a folder; the contract closes it. */
    protected abstract Lake open(Path at);

    @BeforeEach
    void openLake() {
        lake = open(folder);
    }

    @AfterEach
    void closeLake() {
        lake.close();
    }

    protected static Row row(long id) {
        return Row.of(SCHEMA, id, "AIRPORT" + id % 5, id % 11 == 0 ? null : id * 0.5, id % 2 == 0, id * DAY / 4, null);
    }

    protected static List<Row> rows(long from, long to) {
        return LongStream.range(from, to).mapToObj(LakeContract::row).toList();
    }

    protected static Offsets at(long offset) {
        return offset == 0 ? Offsets.NONE : Offsets.NONE.with(PARTITION, offset);
    }

    protected static void fill(LakeTable table, long... bounds) {
        for (int i = 1; i < bounds.length; i++) {
            table.append(rows(bounds[i - 1], bounds[i]), at(bounds[i - 1]), at(bounds[i]));
        }
    }

    private LakeTable flights() {
        return lake.create("flights", SCHEMA, Partitioning.NONE);
    }

    private static List<Object> ids(RowCursor cursor) {
        return cursor.toList().stream()
                .map(row -> java.util.Objects.requireNonNull(row.get("id")))
                .toList();
    }

    private static List<Object> range(long from, long to) {
        return LongStream.range(from, to).<Object>mapToObj(Long::valueOf).toList();
    }

    @Test
    void rowsComeBackAsTheyWereAppended() {
        LakeTable flights = flights();
        fill(flights, 0, 100, 150);
        assertThat(flights.scan(ScanRequest.all()).toList()).isEqualTo(rows(0, 150));
    }

    @Test
    void everythingIsThereAfterReopening() {
        fill(flights(), 0, 10);
        lake.close();
        lake = open(folder);
        LakeTable again = lake.table("flights");
        assertThat(again.schema()).isEqualTo(SCHEMA);
        assertThat(again.schema().field("pilot").sensitivity()).isEqualTo(Sensitivity.PERSONAL);
        assertThat(again.offsets()).isEqualTo(at(10));
        assertThat(again.scan(ScanRequest.all()).toList()).isEqualTo(rows(0, 10));
    }

    @Test
    void aSnapshotTellsOffsetsAndCounts() {
        LakeTable flights = flights();
        assertThat(flights.current()).isEmpty();
        assertThat(flights.offsets()).isEqualTo(Offsets.NONE);
        Snapshot first = flights.append(rows(0, 7), at(0), at(9));
        assertThat(first.offsets()).isEqualTo(at(9));
        assertThat(first.records()).isEqualTo(7);
        assertThat(first.files()).isEqualTo(1);
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(flights.current()).contains(first);
        assertThat(lake.tables()).singleElement().satisfies(info -> {
            assertThat(info.name()).isEqualTo("flights");
            assertThat(info.bytes()).isPositive();
            assertThat(info.current()).contains(first);
        });
    }

    @Test
    void offsetsMoveWithoutRows() {
        LakeTable flights = flights();
        flights.append(List.of(), at(0), at(5));
        assertThat(flights.offsets()).isEqualTo(at(5));
        assertThat(flights.scan(ScanRequest.all()).toList()).isEmpty();
    }

    @Test
    void aRepeatedAppendIsRefusedAndChangesNothing() {
        LakeTable flights = flights();
        fill(flights, 0, 10);
        var moved =
                catchThrowableOfType(LakeProblem.OffsetsMoved.class, () -> flights.append(rows(0, 10), at(0), at(10)));
        assertThat(moved.committed()).isEqualTo(at(10));
        assertThat(moved.kind().status()).isEqualTo(409);
        assertThat(flights.current().orElseThrow().records()).isEqualTo(10);
        assertThat(flights.clean(FOREVER)).isZero();
    }

    @Test
    void aZombieIsRefusedWhenItsTakeoverCommittedFirst() {
        fill(flights(), 0, 10);
        try (Lake other = open(folder)) {
            LakeTable zombie = lake.table("flights");
            LakeTable successor = other.table("flights");
            // the zombie has read its offsets and begun to write; meanwhile its successor commits the same events
            List<Row> rows = rows(10, 20);
            var iterator = new java.util.Iterator<Row>() {
                private int place;

                @Override
                public boolean hasNext() {
                    if (place == rows.size()) {
                        successor.append(rows, at(10), at(20));
                        place++;
                    }
                    return place < rows.size();
                }

                @Override
                public Row next() {
                    return rows.get(place++);
                }
            };
            assertThatThrownBy(() -> zombie.append(iterator, at(10), at(20)))
                    .isInstanceOf(LakeProblem.OffsetsMoved.class);
            assertThat(ids(zombie.scan(ScanRequest.all()))).isEqualTo(range(0, 20));
            assertThat(zombie.clean(FOREVER))
                    .as("the zombie swept its own files")
                    .isZero();
        }
    }

    @Test
    void rowsMustMoveTheOffsets() {
        LakeTable flights = flights();
        assertThatThrownBy(() -> flights.append(rows(0, 1), at(0), at(0))).isInstanceOf(LakeProblem.Refused.class);
        fill(flights, 0, 10);
        assertThatThrownBy(() -> flights.append(rows(0, 1), at(10), at(9))).isInstanceOf(LakeProblem.Refused.class);
        assertThat(flights.offsets()).isEqualTo(at(10));
    }

    @Test
    void aRowThatDoesNotFitUndoesTheWholeAppend() {
        LakeTable flights = flights();
        List<Row> rows = new ArrayList<>(rows(0, 5));
        rows.add(Row.of(SCHEMA, 5L, "X", "text", true, 0L, null));
        assertThatThrownBy(() -> flights.append(rows, at(0), at(6)))
                .isInstanceOf(LakeProblem.Refused.class)
                .hasMessageContaining("Row 5")
                .hasMessageContaining("'delay' is number, got a String");
        rows.set(5, Row.of(SCHEMA, null, "X", 1.0, true, 0L, null));
        assertThatThrownBy(() -> flights.append(rows, at(0), at(6))).hasMessageContaining("'id' is required");
        assertThat(flights.offsets()).isEqualTo(Offsets.NONE);
        assertThat(flights.clean(FOREVER)).isZero();
    }

    @Test
    void creatingTwiceIsTheSameTable() {
        fill(flights(), 0, 3);
        assertThat(flights().offsets()).isEqualTo(at(3));
    }

    @Test
    void creatingWithMoreFieldsEvolves() {
        fill(flights(), 0, 3);
        Schema grown = grown(Field.optional("carrier", FieldType.STRING));
        LakeTable evolved = lake.create("flights", grown, Partitioning.NONE);
        assertThat(evolved.schema()).isEqualTo(grown);
        evolved.append(List.of(Row.of(grown, 3L, "X", 1.0, true, 0L, null, "AA")), at(3), at(4));
        evolved.append(rows(4, 5), at(4), at(5));
        assertThat(evolved.scan(ScanRequest.all().columns("carrier", "id")).toList().stream()
                        .map(row -> row.get("carrier"))
                        .toList())
                .containsExactly(null, null, null, "AA", null);
    }

    private static Schema grown(Field... fields) {
        List<Field> all = new ArrayList<>(SCHEMA.fields());
        Collections.addAll(all, fields);
        return Schema.of(all);
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithTheField() {
        LakeTable flights = flights();
        assertThatThrownBy(() -> flights.evolve(Schema.of(Field.optional("delay", FieldType.STRING))))
                .isInstanceOf(LakeProblem.Refused.class)
                .hasMessageContaining("'delay' is number, not string");
        assertThatThrownBy(() -> flights.evolve(Schema.of(Field.required("origin", FieldType.STRING))))
                .hasMessageContaining("'origin' is optional");
        assertThatThrownBy(() -> flights.evolve(Schema.of(Field.required("gate", FieldType.STRING))))
                .hasMessageContaining("'gate' is required");
        assertThatThrownBy(() -> lake.create("flights", SCHEMA, Partitioning.byDay("at")))
                .hasMessageContaining("partitioned");
        assertThat(flights.schema()).isEqualTo(SCHEMA);
    }

    @Test
    void aRequiredFieldMayBecomeOptional() {
        LakeTable flights = flights();
        fill(flights, 0, 2);
        flights.evolve(Schema.of(Field.optional("id", FieldType.INTEGER)));
        flights.append(List.of(Row.of(SCHEMA, null, "X", 1.0, true, 0L, null)), at(2), at(3));
        assertThat(flights.scan(ScanRequest.all().columns("id")).toList().stream()
                        .map(row -> row.get(0))
                        .toList())
                .containsExactly(0L, 1L, null);
    }

    @Test
    void secretsAreNotStored() {
        Field secret = new Field("password", FieldType.STRING, false, Sensitivity.SECRET, null, null, List.of());
        assertThatThrownBy(() -> lake.create("users", Schema.of(secret), Partitioning.NONE))
                .hasMessageContaining("'password' is secret");
    }

    @Test
    void anUnknownTableSuggestsANearOne() {
        flights();
        assertThatThrownBy(() -> lake.table("fligths"))
                .isInstanceOf(LakeProblem.Missing.class)
                .satisfies(
                        problem -> assertThat(((LakeProblem) problem).advice()).contains("flights"));
        assertThatThrownBy(() -> lake.create("Bad Name", SCHEMA, Partitioning.NONE))
                .isInstanceOf(LakeProblem.Refused.class);
    }

    @Test
    void anOldSnapshotIsReadAsItWas() {
        LakeTable flights = flights();
        Snapshot first = flights.append(rows(0, 10), at(0), at(10));
        flights.evolve(grown(Field.optional("carrier", FieldType.STRING)));
        fill(flights, 10, 20);
        RowCursor then = flights.scan(ScanRequest.all().at(first.id()));
        assertThat(then.schema()).isEqualTo(SCHEMA);
        assertThat(then.toList()).isEqualTo(rows(0, 10));
    }

    @Test
    void timeTravelOutlivesCompactionButNotExpiry() {
        LakeTable flights = flights();
        fill(flights, 0, 5, 10, 15);
        List<Snapshot> before = flights.snapshots();
        assertThat(flights.compact()).isEqualTo(new Compaction(3, 1, 15));
        assertThat(flights.offsets()).as("compaction keeps the offsets").isEqualTo(at(15));
        assertThat(flights.current().orElseThrow().files()).isEqualTo(1);
        assertThat(ids(flights.scan(ScanRequest.all()))).isEqualTo(range(0, 15));
        assertThat(ids(flights.scan(ScanRequest.all().at(before.get(1).id())))).isEqualTo(range(0, 10));

        assertThat(flights.expire(FOREVER, 1)).isEqualTo(3);
        assertThat(flights.offsets()).isEqualTo(at(15));
        assertThat(ids(flights.scan(ScanRequest.all()))).isEqualTo(range(0, 15));
        assertThatThrownBy(() -> flights.scan(ScanRequest.all().at(before.get(1).id())))
                .isInstanceOf(LakeProblem.Expired.class)
                .satisfies(problem ->
                        assertThat(((LakeProblem) problem).kind().status()).isEqualTo(410));
        fill(flights, 15, 20);
        assertThat(ids(flights.scan(ScanRequest.all()))).isEqualTo(range(0, 20));
    }

    @Test
    void anUnknownSnapshotIsNotCalledExpired() {
        LakeTable flights = flights();
        fill(flights, 0, 5);
        assertThatThrownBy(() -> flights.scan(ScanRequest.all().at(42))).isInstanceOf(LakeProblem.Missing.class);
    }

    @Test
    void compactingTwiceDoesNothingTheSecondTime() {
        LakeTable flights = flights();
        fill(flights, 0, 5, 10);
        flights.compact();
        assertThat(flights.compact()).isEqualTo(Compaction.NOTHING);
    }

    @Test
    void theFirstCoveringSnapshotIsFoundOrKnownToHaveExpired() {
        LakeTable flights = flights();
        fill(flights, 0, 10, 20, 30);
        List<Snapshot> all = flights.snapshots();
        assertThat(flights.firstCovering(at(0))).isEqualTo(all.get(0));
        assertThat(flights.firstCovering(at(10))).isEqualTo(all.get(0));
        assertThat(flights.firstCovering(at(11))).isEqualTo(all.get(1));
        assertThatThrownBy(() -> flights.firstCovering(at(31))).isInstanceOf(LakeProblem.NotCovered.class);
        flights.compact();
        assertThat(flights.firstCovering(at(30)))
                .as("the append, not the compaction")
                .isEqualTo(all.get(2));
        flights.expire(FOREVER, 2);
        assertThat(flights.firstCovering(at(25))).isEqualTo(all.get(2));
        assertThatThrownBy(() -> flights.firstCovering(at(20))).isInstanceOf(LakeProblem.Expired.class);
        flights.expire(FOREVER, 1);
        assertThatThrownBy(() -> flights.firstCovering(at(25))).isInstanceOf(LakeProblem.Expired.class);
    }

    @Test
    void columnsAndTimeRangesNarrowAScan() {
        LakeTable flights = lake.create("by_day", SCHEMA, Partitioning.byDay("at"));
        fill(flights, 0, 40, 80);
        List<Row> some = flights.scan(ScanRequest.all().columns("delay", "id").between("at", 2 * DAY, 3 * DAY))
                .toList();
        assertThat(some).allSatisfy(row -> assertThat(row.schema().names()).containsExactly("delay", "id"));
        assertThat(some.stream().map(row -> row.get("id")).toList()).containsExactly(8L, 9L, 10L, 11L);
        assertThat(flights.scan(ScanRequest.all().between("at", 2 * DAY, 2 * DAY))
                        .toList())
                .isEmpty();
        assertThatThrownBy(() -> flights.scan(ScanRequest.all().columns("dealy")))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void sortedScansHaveOneOrderWhateverTheFilesAre() {
        LakeTable flights = lake.create("by_day", SCHEMA, Partitioning.byDay("at"));
        fill(flights, 0, 30, 60);
        ScanRequest request = ScanRequest.all().sortedBy("origin", "id").between("at", DAY, 12 * DAY);
        List<Row> before = flights.scan(request).toList();
        assertThat(before)
                .isEqualTo(rows(4, 48).stream()
                        .sorted(java.util.Comparator.comparing((Row row) -> row.text(1))
                                .thenComparing(row -> (Long) row.get(0)))
                        .toList());
        flights.compact();
        assertThat(flights.scan(request).toList()).isEqualTo(before);
    }

    @Test
    void manyPartitionsInOneAppendStayComplete() {
        LakeTable flights = lake.create("by_day", SCHEMA, Partitioning.byDay("at"));
        List<Row> mixed = new ArrayList<>(rows(0, 80));
        Collections.shuffle(mixed, new java.util.Random(7));
        flights.append(mixed, at(0), at(80));
        assertThat(ids(flights.scan(ScanRequest.all().sortedBy("id")))).isEqualTo(range(0, 80));
        Compaction compaction = flights.compact();
        assertThat(compaction.filesAfter()).isLessThan(compaction.filesBefore());
        assertThat(ids(flights.scan(ScanRequest.all().sortedBy("id")))).isEqualTo(range(0, 80));
    }

    @Test
    void partitioningByValueTakesAnyText() {
        LakeTable flights = lake.create("by_origin", SCHEMA, Partitioning.byValue("origin"));
        List<@Nullable String> origins = java.util.Arrays.asList("a b", "ü/..%41", "", null, "=");
        List<Row> rows = IntStream.range(0, origins.size())
                .mapToObj(i -> Row.of(SCHEMA, (long) i, origins.get(i), 0.0, true, 0L, null))
                .toList();
        flights.append(rows, at(0), at(5));
        assertThat(flights.scan(ScanRequest.all().sortedBy("id")).toList().stream()
                        .map(row -> row.get("origin"))
                        .toList())
                .isEqualTo(origins);
        assertThat(flights.scan(ScanRequest.all()).toList()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aCursorClosedEarlyLetsGo() {
        LakeTable flights = flights();
        fill(flights, 0, 20_000);
        for (int i = 0; i < 100; i++) {
            try (RowCursor cursor = flights.scan(ScanRequest.all())) {
                assertThat(cursor.next().get("id")).isEqualTo(0L);
            }
        }
    }

    @Test
    void systemColumnsExtendASchema() {
        Schema schema = SystemColumns.extend(SCHEMA);
        assertThat(schema.names()).endsWith("_stream", "_partition", "_offset", "_sequence", "_ingested");
        assertThat(lake.create("events", schema, Partitioning.NONE).schema()).isEqualTo(schema);
    }

    @Test
    void itWorksFromVirtualThreads() throws InterruptedException {
        LakeTable flights = flights();
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        Thread virtual = Thread.ofVirtual().start(() -> {
            fill(flights, 0, 10);
            seen.addAll(ids(flights.scan(ScanRequest.all())));
            seen.addAll(lake.sql("select count(*) from flights", SqlLimits.DEFAULT)
                    .rows()
                    .getFirst());
        });
        virtual.join();
        assertThat(seen).hasSize(11).endsWith(9L, 10L);
    }
}
