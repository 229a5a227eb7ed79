package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.features.FeatureEvent;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatasetBuilderTest {

    private static final Schema ASKS =
            Schema.of(Field.required("id", FieldType.STRING), Field.required("place", FieldType.STRING));
    private static final Schema LABELS =
            Schema.of(Field.required("id", FieldType.STRING), Field.optional("late", FieldType.BOOLEAN));
    private static final DatasetPlan PLAN = plan(0, 1000, 1000);

    private static DatasetPlan plan(long from, long to, long asOf) {
        return new DatasetPlan(
                new DatasetPlan.Asking("asks", 0),
                new DatasetPlan.Label("labels", 0, 1, Task.BINARY),
                from,
                to,
                asOf,
                true,
                1_000);
    }

    private static FeatureEvent ask(long time, String id, String place) {
        return new FeatureEvent("asks", 0, time, time, Row.of(ASKS, id, place));
    }

    private static FeatureEvent label(long time, String id, @Nullable Boolean late) {
        return new FeatureEvent("labels", 0, time, time, Row.of(LABELS, id, late));
    }

    /** The asking place, and the share of late labels so far. */
    private static final class LateSoFar implements AskedFeatures {
        private long late;
        private long all;

        @Override
        public List<Column> columns() {
            return List.of(new Column("place", true), new Column("late", false));
        }

        @Override
        public void feed(FeatureEvent event) {
            if (event.stream().equals("labels") && event.row().get(1) instanceof Boolean truth) {
                all++;
                late += truth ? 1 : 0;
            }
        }

        @Override
        public @Nullable Object[] at(FeatureEvent asking) {
            return new @Nullable Object[] {asking.row().get(1), all == 0 ? null : (double) late / all};
        }
    }

    private static Dataset build(DatasetPlan plan, List<FeatureEvent> history) {
        return build(plan, history, List.of());
    }

    private static Dataset build(DatasetPlan plan, List<FeatureEvent> history, List<Verdict> verdicts) {
        List<FeatureEvent> ordered =
                history.stream().sorted(FeatureEvent.BY_TIME).toList();
        return new DatasetBuilder(plan, new LateSoFar(), new LabelCorrections(verdicts, Set.of()))
                .build(ordered.iterator(), Map.of("asks", 3L), Progress.NONE);
    }

    @Test
    void aRowHasFeaturesOfItsMomentAndTheLabelThatCameLater() {
        Dataset dataset = build(
                PLAN,
                List.of(
                        ask(1, "a", "ORD"),
                        ask(2, "b", "JFK"),
                        label(3, "a", true),
                        ask(4, "c", "ORD"),
                        label(5, "c", false),
                        label(6, "b", false)));

        assertThat(dataset.rows()).isEqualTo(3);
        assertThat(dataset.text(2, 0)).isEqualTo("ORD");
        assertThat(dataset.value(0, 1)).isNaN();
        assertThat(dataset.value(2, 1)).isEqualTo(1f);
        assertThat(dataset.label(0)).isTrue();
        assertThat(dataset.label(1)).isFalse();
        assertThat(dataset.knownMicros(1)).isEqualTo(6);
        assertThat(dataset.key(1)).isEqualTo("b");
        assertThat(dataset.snapshots()).containsEntry("asks", 3L);
    }

    @Test
    void aLabelOfABrokenFeedLeavesItsRowWithoutOne() {
        List<FeatureEvent> history =
                List.of(ask(1, "a", "ORD"), ask(2, "b", "JFK"), label(3, "a", true), label(4, "b", true));
        FeatureEvent broken = history.get(2);
        Dataset dataset = new DatasetBuilder(
                        PLAN,
                        new LateSoFar(),
                        new LabelCorrections(
                                List.of(),
                                Set.of(new UntrustedLabel(broken.stream(), broken.partition(), broken.offset()))))
                .build(history.iterator(), Map.of("asks", 3L), Progress.NONE);

        assertThat(dataset.rows()).isEqualTo(1);
        assertThat(dataset.key(0)).isEqualTo("b");
        assertThat(dataset.counts().unlabelled()).isEqualTo(1);
    }

    @Test
    void aPersonsVerdictLabelsOnlyWhatNoEventDoes() {
        Dataset dataset = build(
                plan(0, 1000, 8),
                List.of(ask(1, "a", "ORD"), ask(2, "b", "JFK"), ask(3, "c", "BOS"), label(4, "a", true)),
                List.of(
                        new Verdict("a", false, 5),
                        new Verdict("b", true, 6),
                        new Verdict("c", true, 9),
                        new Verdict("nobody", true, 6)));

        assertThat(dataset.rows()).isEqualTo(2);
        assertThat(dataset.label(0)).as("the event wins").isTrue();
        assertThat(dataset.key(1)).isEqualTo("b");
        assertThat(dataset.knownMicros(1)).isEqualTo(6);
        assertThat(dataset.counts().labelsWithoutRow()).isZero();
    }

    @Test
    void rowsWithoutAKnownLabelAreDroppedAndCounted() {
        Dataset dataset = build(
                plan(0, 1000, 8),
                List.of(
                        ask(1, "a", "ORD"),
                        ask(2, "b", "JFK"),
                        ask(3, "c", "BOS"),
                        label(8, "c", true),
                        label(9, "b", true),
                        label(5, "x", true),
                        label(6, "a", null)));

        assertThat(dataset.rows()).isEqualTo(1);
        assertThat(dataset.key(0)).isEqualTo("c");
        assertThat(dataset.text(0, 0)).isEqualTo("BOS");
        assertThat(dataset.counts()).isEqualTo(new Dataset.Counts(7, 3, 1, 2, 1, 1));
    }

    @Test
    void eventsOutsideTheRangeAreHistoryButNoRows() {
        Dataset dataset = build(
                plan(10, 20, 30),
                List.of(
                        ask(1, "a", "ORD"),
                        label(2, "a", true),
                        ask(10, "b", "ORD"),
                        ask(20, "c", "ORD"),
                        label(21, "b", true),
                        label(22, "c", true)));

        assertThat(dataset.rows()).isEqualTo(1);
        assertThat(dataset.askedMicros(0)).isEqualTo(10);
        assertThat(dataset.value(0, 1)).isEqualTo(1f);
    }

    @Test
    void aLabelGoesToEveryWaitingRowOfItsKeyAndTheFirstLabelStays() {
        Dataset dataset = build(
                PLAN,
                List.of(
                        ask(1, "a", "ORD"),
                        ask(2, "a", "ORD"),
                        label(3, "a", true),
                        label(4, "a", false),
                        ask(5, "a", "ORD"),
                        label(6, "a", false)));

        assertThat(dataset.rows()).isEqualTo(3);
        assertThat(List.of(dataset.label(0), dataset.label(1), dataset.label(2)))
                .containsExactly(true, true, false);
    }

    @Test
    void moreRowsThanAllowedAreRefused() {
        List<FeatureEvent> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add(ask(i % 999, "k" + i, "ORD"));
        }

        assertThatThrownBy(() -> build(PLAN, many)).isInstanceOf(LearnProblem.TooMuchData.class);
    }

    /** The leak test: what happens after t, and labels known after t, cannot touch what rows before t look like. */
    @Property(tries = 200)
    void scramblingTheFutureChangesNoFeatureOfThePast(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long now = 500;
        List<FeatureEvent> history = random(random, 0, 1000);
        List<FeatureEvent> scrambled = new ArrayList<>(
                history.stream().filter(event -> event.timeMicros() <= now).toList());
        scrambled.addAll(random(random, now + 1, 1000));

        Dataset first = build(plan(0, now + 1, now), history);
        Dataset second = build(plan(0, now + 1, now), scrambled);

        assertThat(second.rows()).isEqualTo(first.rows());
        for (int row = 0; row < first.rows(); row++) {
            assertThat(second.text(row, 0)).isEqualTo(first.text(row, 0));
            assertThat(Float.floatToIntBits(second.value(row, 1))).isEqualTo(Float.floatToIntBits(first.value(row, 1)));
            assertThat(second.label(row)).isEqualTo(first.label(row));
            assertThat(second.knownMicros(row)).isEqualTo(first.knownMicros(row));
        }
    }

    private static List<FeatureEvent> random(SplittableRandom random, long from, long to) {
        List<FeatureEvent> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long time = random.nextLong(from, to);
            String id = "k" + random.nextInt(40);
            events.add(
                    random.nextBoolean()
                            ? ask(time, id, "p" + random.nextInt(5))
                            : label(time, id, random.nextBoolean()));
        }
        return events;
    }

    @Test
    void mergingKeepsTheOrderOfHistoryAndRefusesOneThatIsOutOfOrder() {
        List<FeatureEvent> asks = List.of(ask(1, "a", "ORD"), ask(3, "b", "ORD"), ask(3, "c", "ORD"));
        List<FeatureEvent> labels = List.of(label(2, "a", true), label(3, "b", true));
        List<FeatureEvent> merged = new ArrayList<>();
        new TimeMerge(List.of(labels.iterator(), asks.iterator())).forEachRemaining(merged::add);

        assertThat(merged).isSortedAccordingTo(FeatureEvent.BY_TIME).hasSize(5);
        TimeMerge wrong = new TimeMerge(List.of(asks.reversed().iterator()));
        assertThatThrownBy(() -> wrong.forEachRemaining(_ -> {})).hasMessageContaining("not in time order");
    }
}
