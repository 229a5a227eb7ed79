package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.features.Aggregate;
import io.dougong.features.Derivation;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStream;
import io.dougong.features.FeatureView;
import io.dougong.features.MemoryFeatureStore;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Ids;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import io.dougong.lake.Lake;
import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import io.dougong.lake.SystemColumns;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbEngine;
import io.dougong.lake.iceberg.IcebergLake;
import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelFormats;
import io.dougong.models.ModelRegistry;
import io.dougong.models.embedded.EmbeddedModelRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {

    private static final long MINUTE = 60_000_000;
    private static final int ASKS = 3_000;
    private static final Schema DEPARTURES = Schema.of(
            Field.required("id", FieldType.STRING),
            Field.required("departure", FieldType.TIMESTAMP),
            Field.required("origin", FieldType.STRING),
            Field.optional("distance", FieldType.INTEGER));
    private static final Schema ARRIVALS = Schema.of(
            Field.required("id", FieldType.STRING),
            Field.required("known", FieldType.TIMESTAMP),
            Field.required("origin", FieldType.STRING),
            Field.required("delay", FieldType.NUMBER),
            Field.required("late", FieldType.BOOLEAN));
    private static final List<FeatureView> VIEWS = List.of(
            FeatureView.of(
                    "by_origin",
                    "arrivals",
                    List.of("origin"),
                    List.of(Duration.ofMinutes(30), Duration.ofHours(6)),
                    List.of(new Aggregate.Count(), new Aggregate.Mean("delay"), new Aggregate.Rate("late"))),
            FeatureView.of(
                    "departed",
                    "departures",
                    List.of("origin"),
                    List.of(Duration.ofHours(1)),
                    List.of(new Aggregate.Count())));
    private static final ModelFormats FORMATS = new ModelFormats(ModelFormats.pureJava());

    @TempDir
    Path folder;

    private final InstantSource clock = () -> Instant.ofEpochSecond(1_000_000_000);
    private RunLog runs;
    private ModelRegistry registry;
    private Learning learning;

    @BeforeEach
    void open() {
        MetadataDatabase database = MetadataDatabase.open(folder.resolve("metadata.db"));
        runs = new RunLog(database, new Ids(clock, new SplittableRandom(1)), clock);
        registry = new EmbeddedModelRegistry(database, folder, clock);
        learning = new Learning(runs, registry, FORMATS, List.of(new LogisticTrainer()));
    }

    /** One event of the application's log, in the order of arrival. */
    private record Logged(
            String stream,
            int partition,
            long offset,
            long micros,
            @Nullable Object[] values) {}

    /** A late flight makes the next ones of its origin late, so the windows tell something. */
    private static List<Logged> log(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Logged> events = new ArrayList<>();
        double[] mood = new double[4];
        for (int i = 0; i < ASKS; i++) {
            long departure = i * MINUTE / 2 + random.nextLong(MINUTE / 4);
            int origin = random.nextInt(4);
            mood[origin] = 0.98 * mood[origin] + random.nextGaussian() * 4;
            double delay = mood[origin] + random.nextGaussian() * 10;
            long known = departure + (20 + random.nextLong(40)) * MINUTE;
            Long distance = random.nextInt(9) == 0 ? null : random.nextLong(3_000);
            events.add(new Logged("departures", i % 2, i / 2, departure, new @Nullable Object[] {
                "f" + i, departure, "o" + origin, distance
            }));
            events.add(new Logged(
                    "arrivals", 0, 0, known, new @Nullable Object[] {"f" + i, known, "o" + origin, delay, delay > 5}));
        }
        events.sort(Comparator.comparingLong(Logged::micros).thenComparing(Logged::stream));
        List<Logged> numbered = new ArrayList<>();
        long arrivals = 0;
        for (Logged each : events) {
            numbered.add(
                    each.stream().equals("arrivals")
                            ? new Logged(each.stream(), 0, arrivals++, each.micros(), each.values())
                            : each);
        }
        return numbered;
    }

    private static LearningStream stream(String name, Schema schema, String time, List<Logged> log) {
        MemoryTable table = new MemoryTable(SystemColumns.extend(schema));
        for (Logged each : log) {
            if (each.stream().equals(name)) {
                @Nullable Object[] values = new @Nullable Object[table.schema().size()];
                System.arraycopy(each.values(), 0, values, 0, each.values().length);
                values[schema.size()] = name;
                values[schema.size() + 1] = (long) each.partition();
                values[schema.size() + 2] = each.offset();
                table.add(values);
            }
        }
        return new LearningStream(name, FeatureStream.of(Derivation.compile(schema, List.of())), table, "id", time);
    }

    private static TrainingRequest request(List<Logged> log, String... features) {
        ModelDefinition model = new ModelDefinition(
                "late",
                "departures",
                new TrainerDefinition.Logistic(1),
                new LabelDefinition("arrivals", "id", "late"),
                List.of(features),
                TimeSplit.DEFAULT,
                ModelDefinition.Calibration.PLATT,
                List.of(new Gate(Gate.Metric.AUC, Gate.Bound.AT_LEAST, 0.6)),
                7);
        return new TrainingRequest(
                "app",
                model,
                List.of(stream("departures", DEPARTURES, "departure", log), stream("arrivals", ARRIVALS, "known", log)),
                VIEWS,
                0,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                new AdaptiveConformal(0.1, 0.005),
                "v1",
                LabelCorrections.NONE,
                7);
    }

    @Test
    void trainsRecordsAndRegisters() {
        List<Progress.Phase> phases = new ArrayList<>();
        TrainingRun run = learning.train(
                request(log(1), "origin", "distance", "by_origin.*"), (phase, _, _) -> phases.add(phase));

        TrainingRun.Outcome outcome = Objects.requireNonNull(run.outcome());
        assertThat(run.state()).isEqualTo(TrainingRun.State.FINISHED);
        assertThat(runs.run(run.runId())).isEqualTo(run);
        assertThat(outcome.passed()).isTrue();
        assertThat(outcome.snapshots())
                .containsOnlyKeys("departures", "arrivals")
                .containsValue(42L);
        assertThat(outcome.rows().train()
                        + outcome.rows().calibrate()
                        + outcome.rows().test()
                        + outcome.rows().embargoed())
                .isEqualTo(ASKS);
        LoadedModel loaded = LoadedModel.of(
                registry.load(registry.version("app__late", outcome.version()).digest()), FORMATS);
        assertThat(loaded.digest().hex()).isEqualTo(outcome.digest());
        assertThat(loaded.card().features()).hasSize(8);
        assertThat(phases).contains(Progress.Phase.values());
    }

    @Test
    void trainingAgainOnTheSameSnapshotsGivesTheSameVersion() {
        TrainingRun first = learning.train(request(log(1), "distance", "by_origin.*"), Progress.NONE);
        TrainingRun second = learning.train(request(log(1), "distance", "by_origin.*"), Progress.NONE);

        assertThat(second.runId()).isNotEqualTo(first.runId());
        assertThat(Objects.requireNonNull(second.outcome()).digest())
                .isEqualTo(Objects.requireNonNull(first.outcome()).digest());
        assertThat(registry.versions("app__late")).hasSize(1);
    }

    /** Training-serving skew, ruled out: the log is fed to the live store event by event, and the data set holds its very answers. */
    @Test
    void theDataSetHoldsWhatTheLiveStoreAnsweredBitForBit() {
        List<Logged> log = log(2);
        TrainingRequest request = request(log, "distance", "by_origin.*", "departed.count_1h");
        Map<String, float[]> live = new TreeMap<>();
        FeatureDefinitions definitions = FeatureDefinitions.of(
                VIEWS, Map.of("departures", FeatureStream.of(DEPARTURES), "arrivals", FeatureStream.of(ARRIVALS)));
        try (MemoryFeatureStore store = new MemoryFeatureStore()) {
            store.define(definitions);
            FeatureQuery query = definitions.query(List.of("by_origin.*", "departed.count_1h"), DEPARTURES);
            for (Logged each : log) {
                boolean asks = each.stream().equals("departures");
                Row row = Row.of(asks ? DEPARTURES : ARRIVALS, each.values());
                store.apply(each.stream(), each.partition(), each.offset(), each.micros(), row);
                if (asks) {
                    double[] values = store.read(query, row, each.micros()).values();
                    float[] floats = new float[values.length];
                    for (int i = 0; i < floats.length; i++) {
                        floats[i] = (float) values[i];
                    }
                    live.put((String) Objects.requireNonNull(each.values()[0]), floats);
                }
            }
        }

        Dataset dataset = learning.dataset(request, true, Progress.NONE);

        assertThat(dataset.rows()).isEqualTo(ASKS);
        for (int row = 0; row < dataset.rows(); row++) {
            float[] answered = Objects.requireNonNull(live.get(dataset.key(row)));
            for (int column = 0; column < answered.length; column++) {
                assertThat(Float.floatToIntBits(dataset.value(row, column + 1)))
                        .isEqualTo(Float.floatToIntBits(answered[column]));
            }
        }
    }

    /** The whole path from tables to rows, with real windows: the future of the lake changes nothing before it. */
    @Test
    void scramblingTheLakeAfterAMomentChangesNoRowBeforeIt() {
        List<Logged> log = log(3);
        List<Logged> other = log(4);
        long now = ASKS * MINUTE / 4;
        List<Logged> scrambled = new ArrayList<>(
                log.stream().filter(each -> each.micros() <= now).toList());
        other.stream().filter(each -> each.micros() > now).forEach(scrambled::add);

        Dataset first = learning.dataset(until(request(log, "origin", "by_origin.*"), now), true, Progress.NONE);
        Dataset second = learning.dataset(until(request(scrambled, "origin", "by_origin.*"), now), true, Progress.NONE);

        assertThat(first.rows()).isGreaterThan(1_000).isEqualTo(second.rows());
        for (int row = 0; row < first.rows(); row++) {
            assertThat(second.key(row)).isEqualTo(first.key(row));
            assertThat(second.text(row, 0)).isEqualTo(first.text(row, 0));
            assertThat(second.label(row)).isEqualTo(first.label(row));
            for (int column = 1; column < first.columns().size(); column++) {
                assertThat(Float.floatToIntBits(second.value(row, column)))
                        .isEqualTo(Float.floatToIntBits(first.value(row, column)));
            }
        }
    }

    /** The same rows whether history comes from a list or from Parquet files of several commits. */
    @Test
    void theRealLakeGivesTheSameDataSet() {
        List<Logged> log = log(5);
        TrainingRequest request = request(log, "origin", "distance", "by_origin.*", "departed.*");
        Dataset expected = learning.dataset(request, true, Progress.NONE);
        try (Lake lake = new IcebergLake(
                folder.resolve("lake"),
                new Ids(clock, new SplittableRandom(2))::next,
                new DuckDbEngine(DuckDbBudget.of(folder.resolve("duckdb"))))) {
            List<LearningStream> streams = request.streams().stream()
                    .map(stream -> copied(stream, lake))
                    .toList();
            Dataset dataset = learning.dataset(
                    new TrainingRequest(
                            request.application(),
                            request.model(),
                            streams,
                            VIEWS,
                            request.fromMicros(),
                            request.toMicros(),
                            request.asOfMicros(),
                            request.abstention(),
                            request.codeVersion(),
                            LabelCorrections.NONE,
                            request.seed()),
                    true,
                    Progress.NONE);

            assertThat(dataset.rows()).isEqualTo(expected.rows()).isEqualTo(ASKS);
            for (int row = 0; row < dataset.rows(); row++) {
                assertThat(dataset.key(row)).isEqualTo(expected.key(row));
                assertThat(dataset.label(row)).isEqualTo(expected.label(row));
                for (int column = 0; column < dataset.columns().size(); column++) {
                    assertThat(Float.floatToIntBits(dataset.value(row, column)))
                            .isEqualTo(Float.floatToIntBits(expected.value(row, column)));
                }
            }
        }
    }

    private static LearningStream copied(LearningStream stream, Lake lake) {
        LakeTable table = lake.create(stream.name(), stream.table().schema(), Partitioning.byDay(stream.time()));
        List<Row> rows = ((MemoryTable) stream.table()).rows();
        int half = rows.size() / 2;
        StreamPartition all = new StreamPartition(stream.name(), 0);
        Offsets middle = Offsets.NONE.with(all, half);
        table.append(rows.subList(0, half), Offsets.NONE, middle);
        table.append(rows.subList(half, rows.size()), middle, middle.with(all, rows.size()));
        return new LearningStream(stream.name(), stream.fields(), table, stream.key(), stream.time());
    }

    private static TrainingRequest until(TrainingRequest whole, long now) {
        return new TrainingRequest(
                whole.application(),
                whole.model(),
                whole.streams(),
                whole.views(),
                0,
                now + 1,
                now,
                whole.abstention(),
                whole.codeVersion(),
                LabelCorrections.NONE,
                whole.seed());
    }

    @Test
    void aFailedRunStaysInTheLogWithItsReason() {
        assertThatThrownBy(() -> learning.train(request(log(1), "by_orign.count_30m"), Progress.NONE))
                .isInstanceOf(LearnProblem.BadRequest.class)
                .hasMessageContaining("by_orign.count_30m");

        TrainingRun run = runs.list("app", "late", 1).getFirst();
        assertThat(run.state()).isEqualTo(TrainingRun.State.FAILED);
        assertThat(run.failure()).contains("by_orign.count_30m");
    }

    @Test
    void aFeatureNamedTwiceIsRefused() {
        assertThatThrownBy(() ->
                        learning.dataset(request(log(1), "by_origin.*", "by_origin.count_30m"), false, Progress.NONE))
                .hasMessageContaining("twice");
    }

    @Test
    void historyWithoutEventsSaysSo() {
        assertThatThrownBy(() -> learning.dataset(request(List.of(), "origin"), false, Progress.NONE))
                .isInstanceOf(LearnProblem.NotEnoughData.class)
                .hasMessageContaining("no event of stream");
    }
}
