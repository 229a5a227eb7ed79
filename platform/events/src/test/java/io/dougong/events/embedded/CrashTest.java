package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dougong.events.ManualClock;
import io.dougong.events.faults.ChildJvm;
import io.dougong.events.faults.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acknowledged means durable: over {@code kill -9} and over a power cut. */
class CrashTest {

    private static final int MOST_LINES = 400;
    private static final long SEED = 20260101;

    @TempDir
    Path folder;

    private final Acknowledged acknowledged = new Acknowledged();
    private final Random random = new Random(SEED);

    @Test
    void everyAcknowledgedEventSurvivesTenKills() throws IOException {
        killed(10);
    }

    @Test
    @Tag("soak")
    void everyAcknowledgedEventSurvivesThreeHundredKills() throws IOException {
        killed(300);
    }

    @Test
    void everyAcknowledgedEventSurvivesPowerCuts() throws IOException {
        powerCut(6);
    }

    @Test
    @Tag("soak")
    void everyAcknowledgedEventSurvivesAHundredPowerCuts() throws IOException {
        powerCut(100);
    }

    private void killed(int rounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            runAndKill(round, Map.of());
            check();
        }
    }

    private void powerCut(int rounds) throws IOException {
        Optional<FaultyDisk> disk = FaultyDisk.under(log(), folder);
        assumeTrue(disk.isPresent(), "SKIPPED: no C compiler (cc) on this machine, the power cut cannot be played");
        for (int round = 0; round < rounds; round++) {
            disk.orElseThrow().settle();
            runAndKill(round, disk.orElseThrow().environment());
            if (round % 2 == 0) {
                disk.orElseThrow().cutPower();
            } else {
                disk.orElseThrow().cutPower(random);
            }
            check();
        }
    }

    private void runAndKill(int round, Map<String, String> environment) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp" + round));
        int before = acknowledged.count();
        try (ChildJvm child = ChildJvm.start(
                temporary, environment, AppendForever.class, log().toString(), Integer.toString(round))) {
            child.killAfter(1 + random.nextInt(MOST_LINES), acknowledged::note);
        }
        assertThat(acknowledged.count()).isGreaterThan(before);
    }

    private void check() {
        try (EmbeddedEventLog log = EmbeddedEventLog.open(log(), EmbeddedSettings.DEFAULT, new ManualClock())) {
            acknowledged.assertKeptBy(log);
        }
    }

    private Path log() {
        return folder.resolve("events");
    }
}
