package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.events.Position;
import io.dougong.events.Start;
import io.dougong.events.Stored;
import io.dougong.events.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a child process said was acknowledged, and whether a log keeps that promise. */
final class Acknowledged {

    private static final Pattern ID = Pattern.compile("(r\\d+w\\d+)b(\\d+)i(\\d+)of(\\d+)");

    private final Map<String, Position> places = new HashMap<>();

    /** Takes a line of {@link AppendForever}. */
    void note(String line) {
        String[] words = line.substring(0, line.length() - 1).split(" ");
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            places.put(words[i].substring(0, equals), Position.parse(words[i].substring(equals + 1)));
        }
    }

    int count() {
        return places.size();
    }

    /** Every acknowledged event is there exactly once at its place, batches are whole, and each writer's order is kept. */
    void assertKeptBy(EmbeddedEventLog log) {
        assertThat(log.verify().whole()).isTrue();
        List<Stored> all = everything(log);
        Map<String, Position> found = new HashMap<>();
        all.forEach(stored -> assertThat(found.put(stored.event().id(), stored.position()))
                .as("an event is there once")
                .isNull());
        assertThat(found).containsAllEntriesOf(places);
        assertOrder(all);
        assertSequences(all);
    }

    private static List<Stored> everything(EmbeddedEventLog log) {
        List<Stored> all = new ArrayList<>();
        try (Subscription reader = log.subscribe("check", Set.of("one", "many"), Start.EARLIEST)) {
            List<Stored> some = reader.poll(10_000, Duration.ZERO);
            while (!some.isEmpty()) {
                all.addAll(some);
                some = reader.poll(10_000, Duration.ZERO);
            }
        }
        return all;
    }

    /** Events of a writer come batch by batch and each batch without a gap: the next is (batch, i+1), or (batch+1, 0) after the last. */
    private static void assertOrder(List<Stored> all) {
        Map<String, String> expected = new HashMap<>();
        for (Stored stored : all) {
            Matcher id = ID.matcher(stored.event().id());
            assertThat(id.matches()).isTrue();
            String place = id.group(2) + "/" + id.group(3);
            assertThat(place).isEqualTo(expected.getOrDefault(id.group(1), "0/0"));
            int batch = Integer.parseInt(id.group(2));
            int next = Integer.parseInt(id.group(3)) + 1;
            boolean last = next == Integer.parseInt(id.group(4));
            expected.put(id.group(1), last ? batch + 1 + "/0" : batch + "/" + next);
        }
        assertThat(expected.values()).as("batches are whole").allMatch(next -> next.endsWith("/0"));
    }

    private static void assertSequences(List<Stored> all) {
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).sequence()).isEqualTo(i + 1L);
        }
    }
}
