package io.dougong.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.kernel.MetadataDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every way to search gives, page by page, what filtering and sorting all runs one by one gives. */
@SuppressWarnings("NullAway.Init") // before all
class RunSearchTest {

    private static final int RUNS = 60;

    private static Path folder = Path.of("");
    private static Tracking tracking;
    private static Readers readers;
    private static String experiment = "";
    private static List<Run> all = List.of();

    @BeforeContainer
    static void fill() throws IOException {
        folder = Files.createTempDirectory("dougong-tracking");
        tracking = Opened.in(folder);
        experiment = tracking.experiments().create("searched", null, Map.of()).join();
        String other = tracking.experiments().create("other", null, Map.of()).join();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < RUNS; i++) {
            fill(Opened.run(tracking, i % 7 == 6 ? other : experiment, 1000 + random.nextInt(20)), random);
        }
        readers = new Readers(
                MetadataDatabase.open(folder.resolve(Tracking.DATABASE)).migrated("tracking"));
        all = tracking.runs()
                .search(List.of(experiment), new Search("", List.of(), Lifecycle.View.ALL, 1000, ""))
                .items();
    }

    private static void fill(String run, SplittableRandom random) {
        List<Metric> metrics = new ArrayList<>();
        for (String key : List.of("a", "b")) {
            double value = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(5) / 2.0;
            if (random.nextInt(4) > 0) {
                metrics.add(Metric.of(key, value, 1, 0));
            }
        }
        List<Map.Entry<String, String>> params =
                random.nextInt(3) == 0 ? List.of() : List.of(Map.entry("p", "v" + random.nextInt(3)));
        Map<String, String> tags = random.nextBoolean() ? Map.of("t", "T" + random.nextInt(4)) : Map.of();
        tracking.runs().log(run, new Batch(metrics, params, tags)).join();
        if (random.nextInt(6) == 0) {
            tracking.runs()
                    .update(run, new RunUpdate(RunStatus.FINISHED, 5000L + random.nextInt(5), null))
                    .join();
        }
        if (random.nextInt(9) == 0) {
            tracking.runs().delete(run).join();
        }
    }

    @AfterContainer
    static void close() throws IOException {
        readers.close();
        tracking.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 500)
    void pagesHoldWhatOneByOneGives(
            @ForAll("filters") String filter,
            @ForAll("orders") List<String> orders,
            @ForAll Lifecycle.View view,
            @ForAll("pageSizes") int most,
            @ForAll("bounds") RunSearch.Bounds bounds) {
        List<String> found = new ArrayList<>();
        String token = "";
        do {
            Search search = new Search(filter, orders, view, most, token);
            Page<Run> page = readers.read(new RunSearch(List.of(experiment), search, bounds)::page);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(most);
            page.items().forEach(run -> found.add(run.info().runId()));
            token = page.next().orElse("");
        } while (!token.isEmpty());
        assertThat(found).isEqualTo(oneByOne(filter, orders, view));
    }

    private static List<String> oneByOne(String filter, List<String> orders, Lifecycle.View view) {
        List<Run> shown = all.stream()
                .filter(run -> view.shown().contains(run.info().lifecycle()))
                .toList();
        return new Sieve<>(RunSearchTest::traits, "")
                        .page(
                                shown,
                                FilterParser.filter(filter, Grammar.RUNS),
                                FilterParser.orders(orders, Grammar.RUNS),
                                Search.all(1000),
                                1000)
                        .items()
                        .stream()
                        .map(run -> run.info().runId())
                        .toList();
    }

    private static Traits traits(Run run) {
        Map<String, Object> attributes = new HashMap<>(Map.of(
                "run_id", run.info().runId(),
                "run_name", run.info().name(),
                "status", run.info().status().name(),
                "start_time", (double) run.info().startMillis()));
        Optional.ofNullable(run.info().endMillis()).ifPresent(end -> attributes.put("end_time", (double) end));
        Map<String, Double> metrics = new HashMap<>();
        run.metrics().forEach(metric -> metrics.put(metric.key(), metric.value()));
        return new Traits(attributes, run.tags(), run.params(), metrics);
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> comparison = Arbitraries.of(
                "metrics.a > 0.5",
                "metrics.a <= 1",
                "metrics.a = 1.5",
                "metrics.a != 1.5",
                "metrics.b >= 0",
                "metrics.b < 2",
                "params.p = 'v1'",
                "params.p != 'v1'",
                "params.p LIKE '%2'",
                "params.p LIKE 'V%'",
                "params.p ILIKE 'V_'",
                "params.p IS NULL",
                "params.p IS NOT NULL",
                "tags.t = 'T2'",
                "tags.t ILIKE 't%'",
                "tags.none IS NULL",
                "status = 'FINISHED'",
                "status IN ('FINISHED', 'FAILED')",
                "status NOT IN ('FINISHED')",
                "start_time > 1007",
                "end_time >= 5002",
                "run_name LIKE '%a%'");
        return comparison.list().ofMaxSize(3).map(list -> String.join(" AND ", list));
    }

    @Provide
    Arbitrary<List<String>> orders() {
        return Arbitraries.of(
                        "metrics.a DESC",
                        "metrics.a",
                        "metrics.b ASC",
                        "params.p DESC",
                        "tags.t",
                        "start_time",
                        "start_time DESC",
                        "end_time DESC",
                        "end_time",
                        "run_name",
                        "metrics.none DESC")
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<Integer> pageSizes() {
        return Arbitraries.of(1, 3, 7, 10, 1000);
    }

    /** So that each way is taken. */
    @Provide
    Arbitrary<RunSearch.Bounds> bounds() {
        return Arbitraries.of(
                new RunSearch.Bounds(0, 0), new RunSearch.Bounds(5, 10), new RunSearch.Bounds(1000, 1000));
    }
}
