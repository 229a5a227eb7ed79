package io.dougong.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.Cost;
import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Lineage;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Question;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.models.FeatureSpec;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Numbers and several classes, watched as closely as two. */
class TasksWatchTest {

    private static final long DAY = 86_400_000_000L;
    private static final int PER_DAY = 150;
    private static final int TRAINED = 70;
    private static final int LIVE = 60;
    private static final double THRESHOLD = 1.6;
    private static final MonitorsDefinition MONITORS = MonitorsDefinition.USUAL;

    private record Asked(long micros, double load, Score score, Truth truth) {}

    /** What the world does to one question: its load, and the truth that follows. */
    private record World(Task task, double shift, double harm) {}

    private static final World NUMBERS = new World(Task.REGRESSION, 0, 0);
    private static final World CLASSES = new World(Task.MULTICLASS, 0, 0);

    private static List<Asked> days(World world, Random random, int from, int days) {
        List<Asked> asked = new ArrayList<>();
        for (int day = from; day < from + days; day++) {
            double mood = (day % 7 >= 5 ? 1 : 0) + 0.3 * random.nextGaussian();
            for (int i = 0; i < PER_DAY; i++) {
                double load = mood + random.nextGaussian() + world.shift();
                long micros = day * DAY + i * (DAY / PER_DAY);
                asked.add(
                        world.task() == Task.REGRESSION
                                ? number(micros, load, world.harm(), random)
                                : classes(micros, load, world.harm(), random));
            }
        }
        return asked;
    }

    /** The value is told with an error whose usual size is 1. */
    private static Asked number(long micros, double load, double harm, Random random) {
        Score score = Score.Amount.of(10 * load, 1).within(THRESHOLD);
        return new Asked(micros, load, score, new Truth.Amount(10 * load + (1 + harm) * random.nextGaussian()));
    }

    /** Probabilities are right; by harm the truth is drawn as if they were not. */
    private static Asked classes(long micros, double load, double harm, Random random) {
        double[] weights = {1, StrictMath.exp(load), StrictMath.exp(-load)};
        double sum = weights[0] + weights[1] + weights[2];
        Map<String, Double> probabilities = new TreeMap<>();
        probabilities.put("a", weights[0] / sum);
        probabilities.put("b", weights[1] / sum);
        probabilities.put("c", weights[2] / sum);
        String top = load > 0 ? "b" : "c";
        double drawn = random.nextDouble() * sum;
        String truth = drawn < weights[0] ? "a" : drawn < weights[0] + weights[1] ? "b" : "c";
        boolean harmed = random.nextDouble() < harm;
        return new Asked(micros, load, new Score.Classes(top, 0, probabilities), new Truth.Named(harmed ? "a" : truth));
    }

    private static Reference reference(Task task, List<Asked> rows) {
        return new ReferenceBuilder(List.of(FeatureSpec.numeric("load")), task, MONITORS, THRESHOLD, 0)
                .build(new ReferenceRows() {
                    @Override
                    public int rows() {
                        return rows.size();
                    }

                    @Override
                    public long askedMicros(int row) {
                        return rows.get(row).micros();
                    }

                    @Override
                    public long knownMicros(int row) {
                        return rows.get(row).micros() + 3_600_000_000L;
                    }

                    @Override
                    public Object value(int row, int feature) {
                        return (float) rows.get(row).load();
                    }

                    @Override
                    public Truth truth(int row) {
                        return rows.get(row).truth();
                    }

                    @Override
                    public @Nullable Score score(int row) {
                        return row < rows.size() / 2 ? null : rows.get(row).score();
                    }

                    @Override
                    public boolean decided(int row, double threshold) {
                        return true;
                    }
                });
    }

    private static Watch started(Reference reference) {
        Watch watch = new Watch(MONITORS, List.of(), null, _ -> null);
        watch.champion("ask", "v1", reference);
        return watch;
    }

    private static TreeSet<String> fed(Watch watch, List<Asked> questions) {
        TreeSet<String> alarms = new TreeSet<>();
        for (Asked asked : questions) {
            watch.event("asks", asked.micros(), SyntheticWorld.ROW);
            watch.decided(decision(asked));
            boolean wrong =
                    asked.score() instanceof Score.Classes && !asked.truth().favours(asked.score());
            watch.labelled("ask", asked.micros(), asked.score(), asked.truth(), true, wrong);
            watch.alarms().forEach(alarm -> alarms.add(alarm.id()));
        }
        return alarms;
    }

    private static Decision decision(Asked asked) {
        return new Decision(
                "d",
                "app",
                "",
                "ask",
                asked.micros(),
                new Question("k", null, asked.micros(), Map.of()),
                List.of(FeatureValue.asked("load", asked.load())),
                new ModelRef("m", 1, Digest.of("m"), Route.CHAMPION, "jvm"),
                asked.score(),
                new Outcome("YES"),
                new Confidence(0.5, Double.NaN, 0, 1),
                List.of(),
                List.of(),
                List.of(),
                new Cost(0, 0, 0),
                new Lineage(Offsets.NONE, Digest.of("f"), false));
    }

    private static TreeSet<String> broken(World usual, World broken) {
        Random random = new Random(4);
        Watch watch = started(reference(usual.task(), days(usual, random, 0, TRAINED)));
        assertThat(fed(watch, days(usual, random, TRAINED, 10))).isEmpty();
        return fed(watch, days(broken, random, TRAINED + 10, 12));
    }

    @Test
    void numbersThatGoAstrayAreFoundByTheirErrors() {
        TreeSet<String> alarms = broken(NUMBERS, new World(Task.REGRESSION, 0, 0.5));

        assertThat(alarms).contains("ask/quality/mae", "ask/quality/rmse", "ask/quality/outside");
        assertThat(alarms).noneMatch(id -> id.startsWith("ask/drift/"));
    }

    @Test
    void predictedNumbersThatMoveAreFoundLikeAFeature() {
        TreeSet<String> alarms = broken(NUMBERS, new World(Task.REGRESSION, 1.5, 0));

        assertThat(alarms).contains("ask/drift/score", "ask/drift/load");
        assertThat(alarms).noneMatch(id -> id.startsWith("ask/quality/"));
    }

    @Test
    void classesThatComeTrueOtherwiseAreFoundByAccuracyAndLosses() {
        TreeSet<String> alarms = broken(CLASSES, new World(Task.MULTICLASS, 0, 0.3));

        assertThat(alarms).contains("ask/quality/accuracy", "ask/quality/log_loss", "ask/quality/macro_auc");
        assertThat(alarms).noneMatch(id -> id.startsWith("ask/drift/"));
    }

    /** 20 replays of 60 windows, two kinds of monitors, one false alarm of each in 3,650 windows: 0.7 are expected. */
    @Test
    void unbrokenStreamsRaiseHardlyAnyAlarm() {
        for (World world : List.of(NUMBERS, CLASSES)) {
            int alarmed = 0;
            for (int seed = 0; seed < 20; seed++) {
                Random random = new Random(seed);
                Watch watch = started(reference(world.task(), days(world, random, 0, TRAINED)));
                alarmed += fed(watch, days(world, random, TRAINED, LIVE)).isEmpty() ? 0 : 1;
            }
            assertThat(alarmed).as(world.task().label()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whatIsKeptGoesOnAsIfNothingHadHappened() {
        for (World world : List.of(NUMBERS, CLASSES)) {
            Random random = new Random(11);
            Reference reference = reference(world.task(), days(world, random, 0, TRAINED));
            List<Asked> live = days(world, random, TRAINED, 12);
            Watch whole = started(reference);
            fed(whole, live);
            Watch first = started(reference);
            fed(first, live.subList(0, 777));
            Watch.Kept kept = Json.read(Json.bytes(first.kept()), Watch.Kept.class);
            Reference read = Reference.read(reference.bytes());
            Watch second = new Watch(MONITORS, List.of(), kept, _ -> read);
            fed(second, live.subList(777, live.size()));

            assertThat(Json.text(second.kept())).isEqualTo(Json.text(whole.kept()));
        }
    }

    @Test
    void aLossOfANumberHasNoUnitInDifferences() {
        Truth truth = new Truth.Amount(100);
        double better = Trial.loss(Score.Amount.of(101, 2), truth) - Trial.loss(Score.Amount.of(104, 2), truth);
        Truth thousandfold = new Truth.Amount(100_000);
        double same = Trial.loss(Score.Amount.of(101_000, 2_000), thousandfold)
                - Trial.loss(Score.Amount.of(104_000, 2_000), thousandfold);

        assertThat(better).isNegative().isCloseTo(same, within(1e-9));
        assertThat(Trial.loss(Score.Amount.of(101, 50), truth))
                .isGreaterThan(Trial.loss(Score.Amount.of(101, 1), truth));
    }
}
