package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.events.Retention;
import io.dougong.features.Aggregate;
import io.dougong.features.Comparison;
import io.dougong.features.Transform;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.learn.ModelDefinition.Calibration;
import io.dougong.learn.TrainerDefinition.Xgboost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Writing and reading again gives the same application, whatever it says. */
class RoundTripTest {

    @Property(tries = 300)
    void whatIsWrittenIsReadBackEqual(@ForAll("applications") Application application) {
        Application again = Manifest.read(Manifest.write(application));
        assertThat(again).isEqualTo(application);
        assertThat(again.version()).isEqualTo(application.version());
        assertThat(Manifest.write(again)).isEqualTo(Manifest.write(application));
    }

    @Property(tries = 100)
    void thePlanBetweenTwoApplicationsIsEmptyExactlyIfTheirVersionsAreEqual(
            @ForAll("applications") Application one, @ForAll("applications") Application other) {
        assertThat(Plan.between(Optional.of(one), one).isEmpty()).isTrue();
        assertThat(Plan.between(Optional.of(one), other).isEmpty())
                .isEqualTo(one.version().equals(other.version()));
    }

    @Property(tries = 300)
    void everyVariantOfAManifestThatIsSoundSurvivesToo(@ForAll("mutations") List<Mutation> mutations) {
        Object plain = Mutation.copy(ApplicationTree.of(Samples.read(Samples.payments())));
        for (Mutation mutation : mutations) {
            plain = mutation.apply(plain);
        }
        new ApplicationReader(new Faults())
                .read(Node.of("", plain))
                .ifPresent(sound ->
                        assertThat(Manifest.read(Manifest.write(sound))).isEqualTo(sound));
    }

    @Example
    void theManifestsOfTheHouseSurvive() {
        for (Application application : List.of(Manifest.read(Samples.FLIGHT_DELAY), Samples.read(Samples.payments()))) {
            assertThat(Manifest.read(Manifest.write(application))).isEqualTo(application);
            assertThat(new String(Manifest.write(application), StandardCharsets.UTF_8))
                    .doesNotContain("\t");
        }
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Mutation.any().list().ofMinSize(1).ofMaxSize(2);
    }

    @Provide
    Arbitrary<Application> applications() {
        Arbitrary<String> prose = Arbitraries.strings().ofMaxLength(30);
        Arbitrary<Set<Duration>> windows = Arbitraries.integers()
                .between(1, 100_000)
                .map(minutes -> Duration.ofMinutes(minutes))
                .set()
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<Set<Aggregate>> aggregates = Arbitraries.<Aggregate>of(
                        new Aggregate.Count(),
                        new Aggregate.Sum("n"),
                        new Aggregate.Mean("n"),
                        new Aggregate.StdDev("n"),
                        new Aggregate.Rate("high"),
                        new Aggregate.Distinct("word"),
                        new Aggregate.Last("n"),
                        new Aggregate.Decayed("n", Duration.ofHours(2)))
                .set()
                .ofMinSize(1);
        Arbitrary<Double> numbers = Arbitraries.doubles().between(0.01, 0.99);
        Arbitrary<Retention> retentions = Arbitraries.of(
                Retention.FOREVER,
                Retention.ofAge(Duration.ofMillis(1500)),
                Retention.ofBytes(123_456_789),
                new Retention(Duration.ofDays(3), 5L << 40));
        return Combinators.combine(
                        prose,
                        windows,
                        aggregates,
                        numbers,
                        retentions,
                        prose.list().ofMinSize(1).ofMaxSize(3))
                .as(RoundTripTest::application);
    }

    private static Application application(
            String prose,
            Set<Duration> windows,
            Set<Aggregate> aggregates,
            double number,
            Retention retention,
            List<String> words) {
        return Application.named("any").describedAs(prose).stream(
                        "s",
                        stream -> stream.describedAs(words.getFirst())
                                .key("id")
                                .time("at")
                                .lateness(Duration.ofMillis((long) (number * 1000)))
                                .partitions((int) (number * 100) + 1)
                                .retention(retention)
                                .field(Field.required("id", FieldType.STRING))
                                .field(Field.required("at", FieldType.TIMESTAMP))
                                .field(Field.optional("n", FieldType.NUMBER).between(-number, 1e10 * number))
                                .field(Field.required("word", FieldType.STRING).oneOf(words))
                                .derived(
                                        "both",
                                        new Transform.Concat(List.of("id", "word"), prose.isEmpty() ? "-" : " "))
                                .derived("high", new Transform.Flag("n", Comparison.ABOVE, number)))
                .view(
                        "v",
                        view -> view.of("s")
                                .by("word")
                                .over(windows.toArray(Duration[]::new))
                                .computing(aggregates.toArray(Aggregate[]::new)))
                .model(
                        "m",
                        model -> model.on("s")
                                .trainer(new Xgboost(
                                        7, 3, number, number, 1, 0, number * 10, Map.of("n", number > 0.5 ? 1 : -1)))
                                .label("s", "id", "high")
                                .features("n", "v.*")
                                .calibration(number > 0.5 ? Calibration.PLATT : Calibration.ISOTONIC))
                .decision(
                        "d",
                        decision -> decision.on("s")
                                .model("m")
                                .outcome("YES", number)
                                .outcome("NO", 0)
                                .words("n", prose, words.getLast()))
                .build();
    }
}
