package io.dougong.events.embedded;

import io.dougong.events.Addressed;
import io.dougong.events.Appended;
import io.dougong.events.Event;
import io.dougong.events.Events;
import io.dougong.events.StreamConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A process that appends until it is killed. It prints a line for each acknowledged batch, after the acknowledgement:
 * {@code writer batch id=position id=position;}
 */
public final class AppendForever {

    static final int WRITERS = 4;
    private static final int MAX_BATCH = 12;
    private static final int MAX_PADDING = 3000;

    private AppendForever() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        int round = Integer.parseInt(arguments[1]);
        EmbeddedSettings small = new EmbeddedSettings(64, 8 << 20, 1 << 20, 1 << 20, 1 << 20, 256 << 10, 1 << 20);
        EmbeddedEventLog log = EmbeddedEventLog.open(folder, small, InstantSource.system());
        log.create(StreamConfig.of("one", 1));
        log.create(StreamConfig.of("many", 3));
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            Thread.ofPlatform().start(() -> append(log, round, number, System.out));
        }
    }

    private static void append(EmbeddedEventLog log, int round, int writer, PrintStream out) {
        Random random = new Random(round * 1000L + writer);
        for (int batch = 0; ; batch++) {
            List<Addressed> events = new ArrayList<>();
            int size = 1 + random.nextInt(MAX_BATCH);
            for (int i = 0; i < size; i++) {
                events.add(event("r" + round + "w" + writer + "b" + batch + "i" + i + "of" + size, random));
            }
            List<Appended> acknowledged = log.appendAndWait(events);
            out.print(line(writer, batch, events, acknowledged));
            out.flush();
        }
    }

    private static Addressed event(String id, Random random) {
        byte[] data = Events.json("\"" + "x".repeat(random.nextInt(MAX_PADDING)) + "\"");
        Event event = Event.of(id, "/child", "appended", "s" + random.nextInt(9), 0, data);
        return new Addressed(random.nextBoolean() ? "one" : "many", event);
    }

    private static String line(int writer, int batch, List<Addressed> events, List<Appended> acknowledged) {
        String places = java.util.stream.IntStream.range(0, events.size())
                .mapToObj(i ->
                        events.get(i).event().id() + "=" + acknowledged.get(i).position())
                .collect(Collectors.joining(" "));
        return new String(
                (writer + " " + batch + " " + places + ";\n").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
