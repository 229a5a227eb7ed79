package io.dougong.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import io.dougong.lake.Lake;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.Snapshot;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.SqlResult;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class SqlTest {

    private static final StreamPartition PARTITION = new StreamPartition("flights", 0);
    private static final Schema SCHEMA = Schema.of(
            Field.required("id", FieldType.INTEGER),
            Field.optional("origin", FieldType.STRING),
            Field.optional("delay", FieldType.NUMBER),
            Field.required("at", FieldType.TIMESTAMP));

    private Path folder;
    private Lake lake;
    private Snapshot first;

    @BeforeAll
    void fill(@TempDir Path given) {
        folder = given;
        lake = new IcebergLake(
                folder.resolve("lake"),
                () -> UUID.randomUUID().toString(),
                new DuckDbEngine(DuckDbBudget.of(folder.resolve("spill"))));
        LakeTable flights = lake.create("flights", SCHEMA, Partitioning.NONE);
        first = flights.append(rows(0, 10), Offsets.NONE, at(10));
        flights.append(rows(10, 15), at(10), at(15));
        Schema grown = Schema.of(
                SCHEMA.field(0),
                SCHEMA.field(1),
                SCHEMA.field(2),
                SCHEMA.field(3),
                Field.optional("gate", FieldType.STRING));
        lake.create("flights", grown, Partitioning.NONE);
        lake.create("empty", SCHEMA, Partitioning.NONE);
    }

    @AfterAll
    void close() {
        lake.close();
    }

    private static Offsets at(long offset) {
        return Offsets.NONE.with(PARTITION, offset);
    }

    private static List<Row> rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(id -> Row.of(SCHEMA, id, id % 2 == 0 ? "LAX" : "SFO", id * 0.5, id * 1_000_000))
                .toList();
    }

    private SqlResult ask(String sql) {
        return lake.sql(sql, SqlLimits.DEFAULT);
    }

    private @Nullable Object one(String sql) {
        return ask(sql).rows().getFirst().getFirst();
    }

    @Test
    void aggregatesJoinsAndCommonTableExpressionsWork() {
        SqlResult result = ask("""
                with late as (select * from flights where delay > 2)
                select f.origin, count(*) as n, sum(f.id) as ids, avg(l.delay) as mean
                from flights f join late l using (id) group by f.origin order by 1
                """);
        assertThat(result.columns())
                .containsExactly(
                        new SqlResult.SqlColumn("origin", FieldType.STRING),
                        new SqlResult.SqlColumn("n", FieldType.INTEGER),
                        new SqlResult.SqlColumn("ids", FieldType.INTEGER),
                        new SqlResult.SqlColumn("mean", FieldType.NUMBER));
        assertThat(result.rows()).containsExactly(List.of("LAX", 5L, 50L, 5.0), List.of("SFO", 5L, 45L, 4.5));
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void timestampsComeAsMicroseconds() {
        assertThat(one("select max(\"at\") from flights")).isEqualTo(14_000_000L);
        assertThat(one("select date '1970-01-02'")).isEqualTo(86_400_000_000L);
        assertThat(one("select date_trunc('day', timestamptz '2001-01-01 23:00:00Z')::varchar"))
                .isEqualTo("2001-01-01 00:00:00+00");
    }

    @Test
    void aSnapshotIsAskedWithAtVersion() {
        String at = " at (version => " + first.id() + ")";
        assertThat(one("select count(*) from flights" + at)).isEqualTo(10L);
        assertThat(one("select count(*) from flights f AT(VERSION=>" + first.id() + ") where f.id > 4"))
                .isEqualTo(5L);
        assertThat(one("select count(*) from flights now left join flights old" + at
                        + " on now.id = old.id where old.id is null"))
                .isEqualTo(5L);
        assertThat(one("select count(*) from flights at (timestamp => '2999-01-01')"))
                .isEqualTo(15L);
        assertThatThrownBy(() -> ask("select * from flights at (timestamp => '1999-01-01')"))
                .isInstanceOf(LakeProblem.Expired.class);
        assertThatThrownBy(() -> ask("select * from flights at (version => 42)"))
                .isInstanceOf(LakeProblem.Missing.class);
    }

    @Test
    void columnsAddedLaterAreNullAndEmptyTablesAreEmpty() {
        assertThat(one("select count(*) from flights where gate is null")).isEqualTo(15L);
        assertThat(one("select count(*) from empty where delay > 1")).isEqualTo(0L);
        assertThat(ask("describe flights").rows()).hasSize(5);
    }

    @Test
    void anErrorTellsLineAndColumn() {
        assertPlace("select id,\n  nope from flights", 2, 3);
        assertPlace("select 'ä' fromm flights", 1, 18);
        assertPlace("select * from fligths", 1, 15);
        assertPlace("select " + "id, ".repeat(60) + "nope from flights", 1, 248);
        assertPlace("select id,\n cast(origin as int) from flights", 2, 2);
        assertPlace("select nope from flights f at (version => " + first.id() + ")", 1, 8);
    }

    private void assertPlace(String sql, int line, int column) {
        LakeProblem.BadQuery problem = catchThrowableOfType(LakeProblem.BadQuery.class, () -> ask(sql));
        assertThat(problem).as(sql).isNotNull();
        assertThat(problem.line()).as(problem.getMessage()).isEqualTo(line);
        assertThat(problem.column()).as(problem.getMessage()).isEqualTo(column);
    }

    @Test
    void anUnknownTableSuggestsANearOne() {
        assertThatThrownBy(() -> ask("select * from fligths"))
                .satisfies(
                        problem -> assertThat(((LakeProblem) problem).advice()).contains("'flights'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into flights values (1)",
                "delete from flights",
                "update flights set id = 1",
                "drop view flights",
                "create table t (i int)",
                "create or replace view flights as select 1",
                "copy flights to 'TARGET'",
                "copy (select 1) to 'TARGET'",
                "export database 'TARGET'",
                "attach 'TARGET' as t",
                "install httpfs",
                "load httpfs",
                "set threads = 1",
                "reset memory_limit",
                "pragma database_list",
                "call pragma_version()",
                "select 1; select 2",
                "select * from 'SECRET'",
                "select * from \"SECRET\"",
                "select * from read_csv('SECRET')",
                "select * from read_text('SECRET')",
                "select * from read_blob('SECRET')",
                "select * from read_json('SECRET')",
                "select * from read_parquet('SECRET')",
                "select * from sniff_csv('SECRET')",
                "select * from glob('/*')",
                "select (select content from read_text('SECRET'))",
                "with q as (select * from read_text('SECRET')) select * from q",
                "select * from query('select 1')",
                "select * from query_table('flights')",
                "select * from json_execute_serialized_sql('{}')",
                "select * from duckdb_settings()",
                "select * from information_schema.tables",
                "select * from duckdb_secrets()",
                "select * from parquet_metadata('SECRET')",
                "explain analyze select 1",
                "prepare p as select 1",
                "begin transaction",
                "checkpoint",
                "show tables",
                "from flights, (from 'SECRET')",
                "select * from flights where id in (select id from 'SECRET')",
                "select ? from flights",
                "",
            })
    void onlyReadingTheLakeIsAllowed(String template) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "id\n7\n");
        Path target = folder.resolve("target");
        String sql = template.replace("SECRET", secret.toString()).replace("TARGET", target.toString());
        assertThatThrownBy(() -> ask(sql)).isInstanceOf(LakeProblem.BadQuery.class);
        assertThat(target).doesNotExist();
        assertThat(one("select count(*) from flights")).isEqualTo(15L);
    }

    @Test
    void resultsAreCutAtTheLimits() {
        SqlResult result = lake.sql("select id from flights order by id", SqlLimits.DEFAULT.rows(4));
        assertThat(result.rows()).hasSize(4);
        assertThat(result.truncated()).isTrue();
        assertThat(lake.sql("select id from flights", SqlLimits.DEFAULT.rows(15))
                        .truncated())
                .isFalse();
        SqlResult wide = lake.sql("select repeat('x', 1000) from range(100)", new SqlLimits(1000, 10_000, 10_000));
        assertThat(wide.truncated()).isTrue();
        assertThat(wide.rows()).hasSize(4);
    }

    @Test
    void aQueryThatTakesTooLongIsStopped() {
        assertThatThrownBy(() -> lake.sql(
                        "select count(*) from range(1000000000) a, range(1000000) b where (a.range * b.range) % 7 = 3",
                        SqlLimits.DEFAULT.timeout(200)))
                .isInstanceOf(LakeProblem.Exhausted.class)
                .hasMessageContaining("200 ms");
    }

    @Test
    void aNumberBeyond64BitsIsAnErrorThatSaysSo() {
        assertThatThrownBy(() -> ask("select 9223372036854775807::hugeint * 4 as n"))
                .isInstanceOf(LakeProblem.BadQuery.class)
                .hasMessageContaining("'n'")
                .hasMessageContaining("64 bits");
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        LakeTable broken = lake.create("broken", SCHEMA, Partitioning.NONE);
        broken.append(rows(0, 1000), Offsets.NONE, at(10));
        Path file = dataFile("broken");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> broken.scan(io.dougong.lake.ScanRequest.all()).toList())
                .isInstanceOf(LakeProblem.Unreadable.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> ask("select sum(delay) from broken"))
                .isInstanceOf(LakeProblem.Unreadable.class)
                .hasMessageContaining(file.toString());
        Files.delete(file);
        assertThatThrownBy(() -> broken.scan(io.dougong.lake.ScanRequest.all()).toList())
                .isInstanceOf(LakeProblem.Unreadable.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> ask("select sum(delay) from broken"))
                .isInstanceOf(LakeProblem.Unreadable.class)
                .hasMessageContaining(file.toString());
    }

    private Path dataFile(String table) throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("lake").resolve(table))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
