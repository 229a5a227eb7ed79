package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dougong.events.ManualClock;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.events.faults.ChildJvm;
import io.dougong.events.faults.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    @TempDir
    Path folder;

    @Test
    void aFullDiskRefusesAppendsLosesNothingAndTheLogGoesOnOnceSpaceIsFree() throws IOException {
        Path events = folder.resolve("events");
        Optional<FaultyDisk> disk = FaultyDisk.under(events, folder);
        assumeTrue(disk.isPresent(), "SKIPPED: no C compiler (cc) on this machine, the disk cannot be made full");
        List<String> lines = run(events, disk.orElseThrow());

        assertThat(lines.stream().filter(line -> line.startsWith("kept before")))
                .hasSize(40);
        assertThat(lines.stream().filter(line -> line.startsWith("kept after"))).hasSize(40);
        assertThat(lines.stream().filter(line -> line.startsWith("refused")))
                .isNotEmpty()
                .allMatch(line -> line.matches("refused during\\d-\\d+ full"));
        assertThat(lines.stream().filter(line -> line.startsWith("read orders/0/")))
                .hasSize(2);
        assertHolds(events, lines);
    }

    private List<String> run(Path events, FaultyDisk disk) throws IOException {
        disk.settle();
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.start(
                temporary,
                disk.environment(),
                FillTheDisk.class,
                events.toString(),
                disk.fullFlag().toString())) {
            for (String line = child.line(); line != null; line = child.line()) {
                lines.add(line);
            }
            assertThat(child.await()).isZero();
        }
        return lines;
    }

    private static void assertHolds(Path events, List<String> lines) {
        Map<String, Position> kept = lines.stream()
                .filter(line -> line.startsWith("kept"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[1], words -> Position.parse(words[2])));
        try (EmbeddedEventLog log = EmbeddedEventLog.open(events, EmbeddedSettings.DEFAULT, new ManualClock())) {
            assertThat(log.verify().whole()).isTrue();
            assertThat(log.read(new Position("orders", 0, 0), 1000).stream()
                            .collect(Collectors.toMap(stored -> stored.event().id(), Stored::position)))
                    .isEqualTo(kept);
        }
    }
}
