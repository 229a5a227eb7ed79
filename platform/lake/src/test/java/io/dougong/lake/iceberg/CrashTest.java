package io.dougong.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.lake.LakeTable;
import io.dougong.lake.ScanRequest;
import io.dougong.lake.Snapshot;
import io.dougong.lake.SqlLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer killed (SIGKILL) at random moments loses nothing that it acknowledged, and adds nothing twice. */
class CrashTest {

    private static final long FOREVER = Long.MAX_VALUE / 4;

    @TempDir
    private Path folder;

    @Test
    void tenKilledWritersLoseAndDoubleNothing() throws Exception {
        survive(10, 20261124);
    }

    @Test
    @Tag("soak")
    void threeHundredKilledWritersLoseAndDoubleNothing() throws Exception {
        survive(300, 4711);
    }

    private void survive(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        Path acknowledged = folder.resolve("acknowledged");
        Files.createFile(acknowledged);
        for (int round = 0; round < rounds; round++) {
            int more = Files.readAllLines(acknowledged).size() + random.nextInt(4);
            Process writer = start(acknowledged, random.nextLong());
            while (writer.isAlive() && Files.readAllLines(acknowledged).size() < more) {
                writer.waitFor(5, TimeUnit.MILLISECONDS);
            }
            writer.waitFor(random.nextInt(round == 0 ? 2000 : 150), TimeUnit.MILLISECONDS);
            assertThat(writer.isAlive())
                    .as("the writer ends by being killed only")
                    .isTrue();
            writer.destroyForcibly().waitFor();
            check(acknowledged);
        }
        assertThat(Files.readAllLines(acknowledged)).hasSizeGreaterThan(rounds / 2);
    }

    private Process start(Path acknowledged, long seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.toString(),
                        acknowledged.toString(),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("writer.log").toFile())
                .start();
    }

    private void check(Path acknowledged) throws IOException {
        List<String> lines = Files.readAllLines(acknowledged);
        long promised = lines.isEmpty() ? 0 : Long.parseLong(lines.getLast());
        try (IcebergLake lake = Lakes.open(folder)) {
            if (lake.tables().isEmpty()) {
                assertThat(promised).isZero();
                return;
            }
            LakeTable table = lake.table("events");
            long reached = Lakes.next(table.offsets());
            assertThat(reached).as("nothing acknowledged is lost").isGreaterThanOrEqualTo(promised);
            assertThat(lake.sql(
                                    "select count(*), count(distinct id), coalesce(max(id), -1) from events",
                                    SqlLimits.DEFAULT)
                            .rows())
                    .as("every event once")
                    .containsExactly(List.of(reached, reached, reached - 1));
            table.clean(FOREVER);
            for (Snapshot snapshot : table.snapshots()) {
                assertThat(table.scan(ScanRequest.all()
                                        .at(snapshot.id())
                                        .columns("id")
                                        .sortedBy("id"))
                                .toList())
                        .as("snapshot %s is whole after cleaning", snapshot)
                        .extracting(row -> row.get(0))
                        .containsExactlyElementsOf(LongStream.range(0, Lakes.next(snapshot.offsets()))
                                .boxed()
                                .toList());
            }
            assertThat(parquetFiles()).as("no orphan is left").isEqualTo(used(table));
        }
    }

    private Set<String> used(LakeTable table) {
        Set<String> used = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            used.addAll(((IcebergTable) table).locations(snapshot.id()));
        }
        return used;
    }

    private Set<String> parquetFiles() throws IOException {
        try (var files = Files.walk(folder.resolve("lake"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .map(LocalFiles::location)
                    .collect(java.util.stream.Collectors.toSet());
        }
    }
}
