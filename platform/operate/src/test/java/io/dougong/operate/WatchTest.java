package io.dougong.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.Cost;
import io.dougong.decisions.Decision;
import io.dougong.decisions.Lineage;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.operate.Reading.Kind;
import io.dougong.operate.SyntheticWorld.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final MonitorsDefinition MONITORS = MonitorsDefinition.USUAL;
    private static final int TRAINED = 70;
    private static final int LIVE = 60;
    private static final String DECISION = "ask";
    private static final FeedShape FEED = new FeedShape("questions", SyntheticWorld.SCHEMA, "id", List.of("site"));

    @Test
    void unbrokenStreamsRaiseHardlyAnyAlarm() {
        int alarmed = 0;
        for (int seed = 0; seed < 20; seed++) {
            SyntheticWorld world = new SyntheticWorld(seed);
            Reference reference = SyntheticWorld.reference(world.days(0, TRAINED), MONITORS);
            Watch watch = started(reference);
            List<String> alarms = new ArrayList<>();
            feed(watch, world.days(TRAINED, LIVE), 0, alarms);
            alarmed += alarms.isEmpty() ? 0 : 1;
        }
        // 20 replays of 60 windows, three kinds of monitors, one false alarm of each kind in 3,650 windows: 1 is
        // expected, 5 has a chance of 0.4 %
        assertThat(alarmed).isLessThanOrEqualTo(4);
    }

    @Test
    void aModelThatTurnsWrongIsFoundByItsQualityAlone() {
        List<String> alarms = broken(question -> with(question, question.values(), !question.label()), 12);
        assertThat(alarms).anyMatch(id -> id.startsWith("ask/quality/"));
        assertThat(alarms).noneMatch(id -> id.startsWith("ask/drift/"));
    }

    @Test
    void aFeatureThatMovesIsFoundByName() {
        List<String> alarms = broken(
                question -> {
                    @Nullable Object[] values = question.values().clone();
                    values[1] = (Double) java.util.Objects.requireNonNull(values[1]) + 0.4;
                    return with(question, values, question.label());
                },
                14);
        assertThat(alarms).contains("ask/drift/noise", "ask/drift/all");
        assertThat(alarms).doesNotContain("ask/drift/load", "ask/drift/site");
    }

    @Test
    void aStuckFeedIsNamedWithItsFieldAndSinceWhen() {
        SyntheticWorld world = new SyntheticWorld(3);
        Watch watch = started(SyntheticWorld.reference(world.days(0, TRAINED), MONITORS));
        feed(watch, world.days(TRAINED, 20), 0, new ArrayList<>());
        List<Question> stuck = new ArrayList<>();
        for (Question question : world.days(TRAINED + 20, 1)) {
            @Nullable Object[] values = question.values().clone();
            values[0] = "b".equals(values[3]) ? (Double) 0.5 : values[0];
            stuck.add(with(question, values, question.label()));
        }
        List<String> alarms = new ArrayList<>();
        feed(watch, stuck, 100_000, alarms);
        assertThat(alarms).contains("questions/stuck/site=b/load");
        Diagnosis.Suspect first = watch.diagnosis(DECISION).suspects().getFirst();
        assertThat(first.stream() + " " + first.group() + " " + first.field() + " " + first.what())
                .isEqualTo("questions site=b load stuck");
        assertThat(first.sinceMicros())
                .isBetween(
                        (TRAINED + 20) * SyntheticWorld.DAY,
                        (TRAINED + 20) * SyntheticWorld.DAY + SyntheticWorld.DAY / 10);
    }

    @Test
    void whatIsKeptGoesOnAsIfNothingHadHappened() {
        SyntheticWorld world = new SyntheticWorld(11);
        Reference reference = SyntheticWorld.reference(world.days(0, TRAINED), MONITORS);
        List<Question> live = world.days(TRAINED, 25);
        Watch whole = started(reference);
        feed(whole, live, 0, new ArrayList<>());
        Watch first = started(reference);
        int half = live.size() / 2 + 17;
        feed(first, live.subList(0, half), 0, new ArrayList<>());
        Watch.Kept kept = Json.read(Json.bytes(first.kept()), Watch.Kept.class);
        Reference read = Reference.read(reference.bytes());
        Watch second = new Watch(MONITORS, List.of(FEED), kept, _ -> read);
        feed(second, live.subList(half, live.size()), half, new ArrayList<>());
        assertThat(Json.text(second.readings())).isEqualTo(Json.text(whole.readings()));
        assertThat(Json.text(second.kept())).isEqualTo(Json.text(whole.kept()));
    }

    @Test
    void qualityIsJudgedOnlyWhenTheLabelsCouldBeKnown() {
        SyntheticWorld world = new SyntheticWorld(2);
        Watch watch = started(SyntheticWorld.reference(world.days(0, TRAINED), MONITORS));
        List<Question> day = world.days(TRAINED, 1);
        feed(watch, day, 0, new ArrayList<>());
        long end = (TRAINED + 1) * SyntheticWorld.DAY;
        watch.event("questions", end + 3_599_000_000L, day.getFirst().row(900));
        assertThat(auc(watch).atMicros()).isEqualTo(Long.MIN_VALUE);
        watch.event("questions", end + 3_600_000_000L, day.getFirst().row(901));
        assertThat(auc(watch).atMicros()).isEqualTo(end);
    }

    private static Reading auc(Watch watch) {
        return watch.readings().stream()
                .filter(reading -> reading.id().equals("ask/quality/auc"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> broken(UnaryOperator<Question> breaking, int days) {
        SyntheticWorld world = new SyntheticWorld(4);
        Watch watch = started(SyntheticWorld.reference(world.days(0, TRAINED), MONITORS));
        List<String> before = new ArrayList<>();
        feed(watch, world.days(TRAINED, 10), 0, before);
        assertThat(before).isEmpty();
        List<String> alarms = new ArrayList<>();
        feed(watch, world.days(TRAINED + 10, days).stream().map(breaking).toList(), 5_000, alarms);
        return alarms;
    }

    private static Question with(Question question, @Nullable Object[] values, boolean label) {
        return new Question(question.micros(), values, question.probability(), label);
    }

    private static Watch started(Reference reference) {
        Watch watch = new Watch(MONITORS, List.of(FEED), null, _ -> null);
        watch.champion(DECISION, "v1", reference);
        return watch;
    }

    /** Labels are known at once; alarms of any moment at a day's end are noted. */
    private static void feed(Watch watch, List<Question> questions, int number, List<String> alarms) {
        int next = number;
        for (Question question : questions) {
            watch.event("questions", question.micros(), question.row(next++));
            watch.decided(decision(question));
            boolean wrong = question.probability() >= 0.5 != question.label();
            watch.labelled(
                    DECISION,
                    question.micros(),
                    new Score.Binary(0, question.probability()),
                    new Truth.Flag(question.label()),
                    true,
                    wrong);
            if (next % SyntheticWorld.PER_DAY == 0) {
                watch.alarms().stream()
                        .map(Reading::id)
                        .filter(id -> !alarms.contains(id))
                        .forEach(alarms::add);
            }
        }
    }

    private static Decision decision(Question question) {
        ModelRef model = new ModelRef("m", 1, Digest.of("m"), Route.CHAMPION, "jvm");
        return new Decision(
                "d",
                "app",
                "",
                DECISION,
                question.micros(),
                new io.dougong.decisions.Question("k", null, question.micros(), Map.of()),
                question.features(),
                model,
                new Score.Binary(0, question.probability()),
                new Outcome("YES"),
                new Confidence(0.5, Double.NaN, 0, 1),
                List.of(),
                List.of(),
                List.of(),
                new Cost(0, 0, 0),
                new Lineage(Offsets.NONE, Digest.of("f"), false));
    }

    @Test
    void everyKindOfMonitorIsThere() {
        SyntheticWorld world = new SyntheticWorld(1);
        Watch watch = started(SyntheticWorld.reference(world.days(0, TRAINED), MONITORS));
        feed(watch, world.days(TRAINED, 3), 0, new ArrayList<>());
        assertThat(watch.readings().stream().map(Reading::kind).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Kind.values()));
        assertThat(watch.readings().stream().map(Reading::id).distinct().count())
                .isEqualTo(watch.readings().size());
    }
}
