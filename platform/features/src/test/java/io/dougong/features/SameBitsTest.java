package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The promise of the room: stream, batch, any order and a naive computation agree to the last bit. */
class SameBitsTest {

    private static final int EVENTS = 400;

    @Property(tries = 60)
    void theStreamEqualsTheNaiveComputationAtAnyTime(@ForAll long seed) {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS);
        FeatureOperator operator = new FeatureOperator(Scene.DEFINITIONS);
        for (int i = 0; i < events.size(); i++) {
            Scene.feed(operator, events.subList(i, i + 1));
            if (random.nextInt(20) == 0) {
                List<FeatureEvent> seen = events.subList(0, i + 1);
                long at = Scene.newest(seen) + random.nextLong(-90 * Scene.MINUTE, 200 * Scene.MINUTE);
                assertSame(operator, seen, Scene.row(random), at);
            }
        }
    }

    private static void assertSame(FeatureOperator operator, List<FeatureEvent> seen, Row asking, long at) {
        double[] got = operator.read(Scene.QUERY, asking, at).values();
        double[] expected = Naive.values(seen, asking, at);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Double.doubleToLongBits(got[i]))
                    .as("%s: %s for %s", Scene.QUERY.names().get(i), got[i], expected[i])
                    .isEqualTo(Double.doubleToLongBits(expected[i]));
        }
        assertThat(got).hasSameSizeAs(expected);
    }

    @Property(tries = 60)
    void anyInterleavingAndRepetitionGivesTheSameBits(@ForAll long seed) {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS);
        List<FeatureEvent> other = new ArrayList<>();
        for (FeatureEvent event : Scene.interleaved(events, random)) {
            other.add(event);
            if (random.nextInt(10) == 0) {
                other.add(other.get(random.nextInt(other.size())));
            }
        }
        FeatureOperator one = new FeatureOperator(Scene.DEFINITIONS);
        FeatureOperator two = new FeatureOperator(Scene.DEFINITIONS);
        Scene.feed(one, events);
        Scene.feed(two, other);
        for (int i = 0; i < 20; i++) {
            Row asking = Scene.row(random);
            long at = Scene.newest(events) + random.nextLong(-400 * Scene.MINUTE, 400 * Scene.MINUTE);
            FeatureVector first = one.read(Scene.QUERY, asking, at);
            FeatureVector second = two.read(Scene.QUERY, asking, at);
            assertThat(second.values()).isEqualTo(first.values());
            assertThat(second.ageMicros()).isEqualTo(first.ageMicros());
            assertThat(second.offsets()).isEqualTo(first.offsets());
        }
    }

    @Property(tries = 40)
    void batchEqualsTheStreamThatGotItsEventsInTime(@ForAll long seed) {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS).stream()
                .sorted(FeatureEvent.BY_TIME)
                .toList();
        List<Asking> askings = askings(random, events);
        Iterator<FeatureVector> batch = PointInTime.vectors(Scene.QUERY, events.iterator(), askings.iterator());
        for (Asking asking : askings) {
            List<FeatureEvent> happened = events.stream()
                    .filter(e -> e.timeMicros() <= asking.atMicros())
                    .toList();
            assertThat(batch.next().values()).isEqualTo(Naive.values(happened, asking.row(), asking.atMicros()));
        }
        assertThat(batch.hasNext()).isFalse();
    }

    private static List<Asking> askings(Random random, List<FeatureEvent> events) {
        long first = events.getFirst().timeMicros();
        long span = Scene.newest(events) - first + 60 * Scene.MINUTE;
        return random.longs(25, 0, span)
                .sorted()
                .mapToObj(after -> new Asking(Scene.row(random), first + after))
                .toList();
    }

    @Property(tries = 40)
    void whatHappensInTheOpenMinuteOrLaterNeverChangesAValue(@ForAll long seed) {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS);
        long at = events.get(random.nextInt(EVENTS)).timeMicros();
        long open = Math.floorDiv(at, Scene.MINUTE) * Scene.MINUTE;
        long latest = Scene.newest(events);
        List<FeatureEvent> scrambled = events.stream()
                .map(event -> event.timeMicros() < open ? event : scrambled(event, random, open, latest))
                .toList();
        FeatureOperator one = new FeatureOperator(wide());
        FeatureOperator two = new FeatureOperator(wide());
        Scene.feed(one, events);
        Scene.feed(two, scrambled);
        FeatureQuery query = one.definitions().query(Scene.QUERY.names(), Scene.ASKING);
        for (int i = 0; i < 10; i++) {
            Row asking = Scene.row(random);
            assertThat(two.read(query, asking, at).values())
                    .isEqualTo(one.read(query, asking, at).values());
        }
    }

    /** The same views over a stream that keeps everything, so that the newest event decides nothing. */
    private static FeatureDefinitions wide() {
        return FeatureDefinitions.of(
                Scene.VIEWS, Map.of("sales", new FeatureStream(Scene.DERIVATION, Duration.ofDays(300))));
    }

    private static FeatureEvent scrambled(FeatureEvent event, Random random, long from, long to) {
        return new FeatureEvent(
                event.stream(), event.partition(), event.offset(), random.nextLong(from, to + 1), Scene.row(random));
    }

    @Property(tries = 30)
    void recordedValuesAreVerifiedFromTheLog(@ForAll long seed) {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS);
        List<Recorded> records = record(random, events);
        VerifyReport clean =
                Verification.verify(Scene.QUERY, records.iterator(), log(Scene.interleaved(events, random)));
        assertThat(clean).isEqualTo(new VerifyReport(records.size(), 0, 0, List.of()));
    }

    @Property(tries = 10)
    void aRecordedValueThatWasNotSoIsFound(@ForAll long seed) {
        Random random = new Random(seed);
        List<FeatureEvent> events = Scene.events(random, EVENTS);
        List<Recorded> records = new ArrayList<>(record(random, events));
        Recorded honest = records.get(records.size() / 2);
        List<Double> values = new ArrayList<>(honest.values());
        values.set(0, 1e9);
        records.set(
                records.size() / 2,
                new Recorded(honest.id(), honest.read(), honest.asking(), honest.atMicros(), values));
        VerifyReport report = Verification.verify(Scene.QUERY, records.iterator(), log(events));
        assertThat(report.mismatched()).isEqualTo(1);
        assertThat(report.examples())
                .containsExactly(new VerifyReport.Mismatch(
                        honest.id(), "by_shop.count_1m", 1e9, honest.values().getFirst()));
    }

    private static List<Recorded> record(Random random, List<FeatureEvent> events) {
        FeatureOperator operator = new FeatureOperator(Scene.DEFINITIONS);
        List<Recorded> records = new ArrayList<>();
        for (FeatureEvent event : events) {
            Scene.feed(operator, List.of(event));
            if (random.nextInt(10) == 0) {
                Row asking = Scene.row(random);
                FeatureVector vector = operator.read(Scene.QUERY, asking, event.timeMicros());
                Offsets read = vector.offsets();
                records.add(new Recorded(
                        "record " + records.size(),
                        read,
                        asking,
                        event.timeMicros(),
                        Arrays.stream(vector.values()).boxed().toList()));
            }
        }
        Collections.swap(records, 0, records.size() - 1); // as concurrent readers may write them
        return records;
    }

    private static Verification.Log log(List<FeatureEvent> events) {
        return (StreamPartition partition) -> events.stream()
                .filter(event -> event.partition() == partition.partition())
                .iterator();
    }
}
