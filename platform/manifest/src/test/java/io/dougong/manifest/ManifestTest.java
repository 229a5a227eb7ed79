package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.documents.Fault;
import io.dougong.events.Retention;
import io.dougong.features.Aggregate;
import io.dougong.features.Comparison;
import io.dougong.features.Transform;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.learn.Gate.Bound;
import io.dougong.learn.Gate.Metric;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.TrainerDefinition.Xgboost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {

    private static final String PARCELS = """
            application: parcels
            description: Will it be late?
            streams:
              scans:
                description: One scan.
                key: parcel
                time: at
                lateness: 5m
                partitions: 2
                retention: { age: 30d }
                fields: { parcel: string, at: timestamp, depot: string, minutes: { type: integer, optional: true, min: 0, max: 100 } }
                derived: { late: { flag: minutes, above: 15 } }
            features:
              depot_scans: { stream: scans, entity: [depot], windows: [1h], aggregates: [count, { mean: minutes }], ttl: 2d }
            models:
              late:
                on: scans
                trainer: { xgboost: {} }
                label: { stream: scans, key: parcel, value: late }
                features: [depot, depot_scans.*]
                split: { train: 0.5, calibrate: 0.25, history: 90d }
                gates: [{ auc: { at_least: 0.6 } }]
                seed: 9
            decisions:
              warn:
                on: scans
                model: late
                outcomes: [{ WARN: 0.5 }, { QUIET: 0 }]
                abstain: { coverage: 0.9, rate: 0.01 }
                reasons: 2
                max_age: 1h
                cache: 10
                words: { depot: { en: depot, zh: 仓库 } }
            """;

    @Test
    void theFlightDelayManifestIsRead() {
        Application application = Manifest.read(Samples.FLIGHT_DELAY);
        assertThat(application.name()).isEqualTo("flight-delay");
        assertThat(application.streams()).extracting(ApplicationStream::name).containsExactly("departures", "arrivals");
        assertThat(application.stream("departures").orElseThrow().definition().lateness())
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(application.view("origin_arrivals").orElseThrow().windows())
                .containsExactly(Duration.ofHours(1), Duration.ofHours(3), Duration.ofHours(24));
        assertThat(application.model("static").orElseThrow().trainer()).isEqualTo(Xgboost.DEFAULT);
        assertThat(application.decision("will-be-late").orElseThrow().words())
                .containsKey("route_slot_departures.count_14d");
    }

    @Test
    void whatIsReadCarriesEveryWordOfTheFile() {
        Application application = Samples.read(Samples.payments());
        ApplicationStream payments = application.stream("payments").orElseThrow();
        assertThat(payments.definition().retention()).isEqualTo(new Retention(Duration.ofDays(90), 10L << 30));
        assertThat(payments.definition().schema().field("items"))
                .isEqualTo(Field.optional("items", FieldType.INTEGER).between(1, 99));
        assertThat(payments.definition().schema().field("card"))
                .isEqualTo(Field.required("card", FieldType.STRING).personal());
        assertThat(payments.derived()).hasSize(11);
        assertThat(application.view("card_payments").orElseThrow().aggregates()).hasSize(10);
        ModelDefinition fraud = application.model("fraud").orElseThrow();
        assertThat(fraud.trainer()).isEqualTo(new Xgboost(50, 6, 0.1, 1, 1, 1, 1, Map.of("amount", 1)));
        assertThat(fraud.gates()).hasSize(2);
        assertThat(application.decision("hold").orElseThrow().maxAge()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theCanonicalTextIsReadable() {
        String text = new String(Manifest.write(Samples.read(Samples.payments())), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("application: payments\ndescription: Is this payment a fraud?\n\nstreams:\n  payments:\n")
                .contains("      card: { type: string, sensitivity: personal }\n")
                .contains("    windows: [10m, 24h]\n")
                .contains("    gates: [{ auc: { at_least: 0.8 } }, { review_rate: { at_most: 0.1 } }]\n")
                .contains("      amount: { en: amount, zh: 金额 }\n");
    }

    @Test
    void theVersionIgnoresFormattingCommentsAndTheOrderOfKeys() {
        Application one = Samples.read("""
                application: a
                streams:
                  s: { key: id, time: at, fields: { id: string, at: timestamp, n: { type: integer, min: 0, max: 7 } } }
                  t: { key: id, time: at, fields: { id: string, at: timestamp } }
                """);
        Application other = Samples.read("""
                # the same
                streams:
                  t:
                    time: at
                    key: "id"
                    fields:
                      at: { type: timestamp }
                      id: string
                    partitions: 1
                  s:
                    fields: { at: timestamp, n: { max: 7.0, min: 0, type: integer }, id: string }
                    time: at
                    lateness: 0s
                    key: id
                application: a
                """);
        assertThat(other.version()).isEqualTo(one.version());
        assertThat(Samples.read(
                                "application: a\nstreams: { s: { key: id, time: at, fields: { id: string, at: timestamp } } }")
                        .version())
                .isNotEqualTo(one.version());
    }

    @Test
    void theVersionChangesWithTheContent() {
        assertThat(Samples.read(Samples.payments("l2: 0.5", "l2: 0.6")).version())
                .isNotEqualTo(Samples.read(Samples.payments()).version());
    }

    @Test
    void codeSaysWhatAFileSays() {
        Application inCode = Application.named("parcels").describedAs("Will it be late?").stream(
                        "scans",
                        scans -> scans.describedAs("One scan.")
                                .key("parcel")
                                .time("at")
                                .lateness(Duration.ofMinutes(5))
                                .partitions(2)
                                .retention(Retention.ofAge(Duration.ofDays(30)))
                                .field(Field.required("parcel", FieldType.STRING))
                                .field(Field.required("at", FieldType.TIMESTAMP))
                                .field(Field.required("depot", FieldType.STRING))
                                .field(Field.optional("minutes", FieldType.INTEGER)
                                        .between(0, 100))
                                .derived("late", new Transform.Flag("minutes", Comparison.ABOVE, 15)))
                .view(
                        "depot_scans",
                        depot -> depot.of("scans")
                                .by("depot")
                                .over(Duration.ofHours(1))
                                .computing(new Aggregate.Count(), new Aggregate.Mean("minutes"))
                                .ttl(Duration.ofDays(2)))
                .model(
                        "late",
                        late -> late.on("scans")
                                .trainer(Xgboost.DEFAULT)
                                .label("scans", "parcel", "late")
                                .features("depot", "depot_scans.*")
                                .split(0.5, 0.25)
                                .history(Duration.ofDays(90))
                                .gate(Metric.AUC, Bound.AT_LEAST, 0.6)
                                .seed(9))
                .decision(
                        "warn",
                        warn -> warn.on("scans")
                                .model("late")
                                .outcome("WARN", 0.5)
                                .outcome("QUIET", 0)
                                .abstain(0.9, 0.01)
                                .reasons(2)
                                .maxAge(Duration.ofHours(1))
                                .cache(10)
                                .words("depot", "depot", "仓库"))
                .build();
        Application inFile = Samples.read(PARCELS);
        assertThat(inCode).isEqualTo(inFile);
        assertThat(inCode.version()).isEqualTo(inFile.version());
    }

    @Test
    void codeIsCheckedAsAFileIs() {
        ApplicationBuilder builder = Application.named("bad").stream(
                        "scans",
                        scans -> scans.key("parcel")
                                .time("at")
                                .field(Field.required("parcel", FieldType.STRING))
                                .field(Field.required("at", FieldType.TIMESTAMP)))
                .view(
                        "v",
                        view -> view.of("scan")
                                .over(Duration.ofDays(3))
                                .by("depot")
                                .computing(new Aggregate.Count()));
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ManifestProblem.class,
                        problem -> assertThat(problem.faults())
                                .extracting(Fault::path)
                                .contains("features.v.stream"));
    }

    @Test
    void codeWithoutAKeyIsRefusedWithItsPath() {
        ApplicationBuilder builder = Application.named("bad").stream("scans", scans -> scans.time("at"));
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ManifestProblem.class,
                        problem -> assertThat(problem.faults())
                                .extracting(Fault::path)
                                .containsExactly("streams.scans"));
    }

    @Test
    void aNameDeclaredTwiceInCodeIsRefused() {
        ApplicationStream stream = Manifest.read(Samples.FLIGHT_DELAY).streams().getFirst();
        assertThatThrownBy(() -> new Application("a", "", List.of(stream, stream), List.of(), List.of(), List.of()))
                .isInstanceOf(ManifestProblem.class)
                .hasMessageContaining("'departures' is declared twice");
    }

    @Test
    void theFeaturesOfAModelAreSpelledOutInOrder() {
        Application application = Samples.read(Samples.payments());
        ModelFeatures features =
                ModelFeatures.of(application, application.model("fraud").orElseThrow());
        assertThat(features.names())
                .startsWith("amount", "country", "hour", "card_payments.count_10m")
                .endsWith("card_frauds.count_30d")
                .doesNotHaveDuplicates();
        assertThat(features.views()).containsExactly("card_payments", "card_frauds");
        assertThat(features.features())
                .filteredOn(ModelFeature::isCategorical)
                .extracting(ModelFeature::name)
                .containsExactly("country");
    }
}
