package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Events;
import io.dougong.events.Position;
import io.dougong.events.StreamConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A process whose disk runs full twice and is freed again; prints what it sees, one word a line. */
public final class FillTheDisk {

    private static final int EVENTS = 20;

    private FillTheDisk() {}

    public static void main(String[] arguments) throws IOException {
        Path full = Path.of(arguments[1]);
        EmbeddedEventLog log =
                EmbeddedEventLog.open(Path.of(arguments[0]), EmbeddedSettings.DEFAULT, InstantSource.system());
        log.create(StreamConfig.of("orders", 1));
        for (int round = 0; round < 2; round++) {
            append(log, "before" + round);
            Files.createFile(full);
            append(log, "during" + round);
            read(log);
            Files.delete(full);
            append(log, "after" + round);
            append(log, "during" + round);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void append(EmbeddedEventLog log, String name) {
        for (int i = 0; i < EVENTS; i++) {
            System.out.println(outcome(log, name + "-" + i));
        }
    }

    private static String outcome(EmbeddedEventLog log, String id) {
        try {
            return "kept " + id + " "
                    + log.appendAndWait(List.of(Events.to("orders", id)))
                            .getFirst()
                            .position();
        } catch (EventProblem.WriteFailed refused) {
            return "refused " + id + " " + (refused.advice().contains("disk is full") ? "full" : refused.explained());
        }
    }

    private static void read(EmbeddedEventLog log) {
        Optional<Position> last = log.read(new Position("orders", 0, 0), 1000).stream()
                .reduce((first, second) -> second)
                .map(stored -> stored.position());
        System.out.println("read " + last.map(Position::toString).orElse("nothing"));
    }
}
