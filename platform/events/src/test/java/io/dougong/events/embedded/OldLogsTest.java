package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.events.Appended;
import io.dougong.events.Events;
import io.dougong.events.ManualClock;
import io.dougong.events.Position;
import io.dougong.events.Rejection;
import io.dougong.events.Retention;
import io.dougong.events.Start;
import io.dougong.events.StreamConfig;
import io.dougong.events.Subscription;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Times;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole folders that earlier releases wrote stay readable, keys and metadata included. */
class OldLogsTest {

    @TempDir
    Path folder;

    /** What the folder of format 1 was written by; part of it is in tables, part in the write-ahead log. */
    static void write(Path place) {
        ManualClock clock = new ManualClock();
        try (EmbeddedEventLog log = EmbeddedEventLog.open(place, EmbeddedSettings.DEFAULT, clock)) {
            log.create(new StreamConfig("orders", 1, Retention.ofAge(Duration.ofHours(1))));
            log.create(StreamConfig.of("parts", 3));
            log.appendAndWait(List.of(Events.to("orders", "old"), Events.to("parts", "a"), Events.to("parts", "b")));
            clock.advance(Duration.ofHours(2));
            log.retain(Times.micros(clock.instant()));
        }
        try (EmbeddedEventLog log = EmbeddedEventLog.open(place, EmbeddedSettings.DEFAULT, clock)) {
            log.appendAndWait(List.of(Events.to("orders", "new"), Events.to("parts", "c")));
            log.deadLetter(Events.to("orders", "bad"), new Rejection("wrong-value", "Field 'x' is 'y'."))
                    .join();
            try (Subscription reader = log.subscribe("readers", Set.of("orders"), Start.EARLIEST)) {
                reader.poll(5, Duration.ZERO);
                reader.commit(reader.position());
            }
        }
    }

    @Test
    void aFolderOfFormat1IsReadWhole() throws IOException {
        unpack("/golden/log-v1.zip");
        try (EmbeddedEventLog log = EmbeddedEventLog.open(folder, EmbeddedSettings.DEFAULT, new ManualClock())) {
            assertThat(log.openReport().clean()).isTrue();
            assertThat(log.verify()).isEqualTo(new VerifyReport(5, List.of(), List.of()));
            assertThat(log.stream("orders").config())
                    .isEqualTo(new StreamConfig("orders", 1, Retention.ofAge(Duration.ofHours(1))));
            assertThat(log.startOffset(new StreamPartition("orders", 0))).isEqualTo(1);
            assertThat(log.find("orders", "old")).isEmpty();
            assertThat(log.find("orders", "new")).hasValueSatisfying(stored -> {
                assertThat(stored.position()).isEqualTo(new Position("orders", 0, 1));
                assertThat(stored.sequence()).isEqualTo(4);
                assertThat(stored.event()).isEqualTo(Events.event("new"));
            });
            assertThat(log.find("parts", "a").orElseThrow().sequence()).isEqualTo(2);
            assertThat(log.deadLetters("orders", 0, 5)).singleElement().satisfies(dead -> {
                assertThat(dead.why()).isEqualTo(new Rejection("wrong-value", "Field 'x' is 'y'."));
                assertThat(dead.event()).isEqualTo(Events.event("bad"));
            });
            assertThat(log.committed("readers").of(new StreamPartition("orders", 0)))
                    .isEqualTo(2);
            assertThat(log.append("orders", Events.event("next")).join())
                    .isEqualTo(new Appended(new Position("orders", 0, 2), false));
        }
    }

    private void unpack(String resource) throws IOException {
        try (InputStream packed = OldLogsTest.class.getResourceAsStream(resource)) {
            assertThat(packed).isNotNull();
            ZipInputStream zip = new ZipInputStream(packed);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
    }
}
