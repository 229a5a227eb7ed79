package io.dougong.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dougong.apps.tabular.Try;
import io.dougong.kernel.Json;
import io.dougong.models.Bootstrap;
import io.dougong.models.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The learners of {@code dougong try} beside LightGBM, on the loans of the application {@code credit-risk}, in the same five folds: {@code try --folds 5}
 * leaves each row's fold and probabilities; LightGBM is tuned on the other folds' rows and asked about the fold's, given the same columns. Nobody's
 * probabilities are calibrated. Intervals are of the paired bootstrap over all rows.
 *
 * <p>{@code -Dload=LoanQuality "-Dload.options=[SET…]"}, sets: {@code german_credit credit_data lending_club}; all if none is named.
 */
public final class LoanQuality {

    private static final int FOLDS = 5;
    private static final long SEED = 7;
    private static final int SETTINGS = 25;
    private static final double LEVEL = 0.95;
    private static final Path DATA = Path.of("apps", "credit-risk", "data");
    private static final Map<String, String> LABELS = new LinkedHashMap<>();

    static {
        LABELS.put("german_credit", "class");
        LABELS.put("credit_data", "Status");
        LABELS.put("lending_club", "Class");
    }

    private final PrintStream out;

    private LoanQuality(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] sets) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Lightgbm.load();
        for (String set : sets.length == 0 ? LABELS.keySet() : Set.of(sets)) {
            new LoanQuality(out).compare(set);
        }
    }

    private void compare(String set) throws IOException {
        Path file = root().resolve(DATA).resolve(set + ".csv");
        Path home = Files.createTempDirectory("loans-" + set);
        long started = System.nanoTime();
        int code = Try.run(
                List.of(
                        file.toString(),
                        "--label",
                        LABELS.getOrDefault(set, ""),
                        "--folds",
                        Integer.toString(FOLDS),
                        "--seed",
                        Long.toString(SEED),
                        "--home",
                        home.toString(),
                        "--json"),
                out,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IllegalStateException("try ended with " + code);
        }
        long tried = System.nanoTime();
        JsonNode report = Json.tree(Files.readAllBytes(home.resolve("try.json")));
        Rows rows = Rows.read(home.resolve("folds.csv"));
        LoanTable table = LoanTable.read(file, left(report));
        Map<String, double[]> said = new LinkedHashMap<>();
        said.put("try: boosted", rows.boosted());
        said.put("try: logistic", rows.logistic());
        said.put("LightGBM, tuned", crossed(table, rows, true));
        said.put("LightGBM, 100 trees", crossed(table, rows, false));
        out.printf(
                "%n%s: %,d rows, %d columns, %d folds; try %.0f s (with its own training), LightGBM %.0f s%n",
                set,
                rows.labels().length,
                table.columns().size(),
                FOLDS,
                (tried - started) / 1e9,
                (System.nanoTime() - tried) / 1e9);
        print(said, rows.labels());
    }

    /** Where the sources are, from the root of the project or from the benchmarks. */
    private static Path root() {
        return Files.isDirectory(DATA) ? Path.of("") : Path.of("..");
    }

    private static Set<String> left(JsonNode report) {
        Set<String> left = new HashSet<>();
        left.add(report.path("label").asText());
        report.path("findings").forEach(finding -> {
            if (finding.path("left").asBoolean()) {
                left.add(finding.path("column").asText());
            }
        });
        return left;
    }

    private static double[] crossed(LoanTable table, Rows rows, boolean tuned) {
        double[][] values = Arrays.stream(rows.lines())
                .mapToObj(line -> table.byLine().getOrDefault(line, new double[0]))
                .toArray(double[][]::new);
        float[] labels = new float[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.labels()[i] ? 1 : 0;
        }
        double[] probabilities = new double[values.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            int each = fold;
            int[] inside = IntStream.range(0, values.length)
                    .filter(i -> rows.folds()[i] == each)
                    .toArray();
            int[] outside = IntStream.range(0, values.length)
                    .filter(i -> rows.folds()[i] != each)
                    .toArray();
            double[][] train = LightgbmTuning.of(values, outside);
            float[] truths = LightgbmTuning.of(labels, outside);
            double[][] asked = LightgbmTuning.of(values, inside);
            double[] said = tuned
                    ? new LightgbmTuning(SETTINGS, FOLDS, SEED).tuned(train, truths, table.categorical(), asked)
                    : LightgbmTuning.usual(train, truths, table.categorical(), asked);
            for (int i = 0; i < inside.length; i++) {
                probabilities[inside[i]] = said[i];
            }
        }
        return probabilities;
    }

    private void print(Map<String, double[]> said, boolean[] labels) {
        Bootstrap bootstrap = new Bootstrap(SEED, 500);
        double[] baseline = said.getOrDefault("LightGBM, tuned", new double[0]);
        out.printf("  %-20s %-24s %-24s %-8s %s%n", "", "AUC", "log loss", "ECE", "AUC less LightGBM's, tuned");
        said.forEach((name, probabilities) -> {
            Bootstrap.Interval auc = bootstrap.binary(probabilities, labels, LEVEL, Metrics::auc);
            Bootstrap.Interval loss = bootstrap.binary(probabilities, labels, LEVEL, Metrics::logLoss);
            Bootstrap.Interval less = bootstrap.interval(
                    labels.length, LEVEL, rows -> auc(probabilities, labels, rows) - auc(baseline, labels, rows));
            out.printf(
                    "  %-20s %-24s %-24s %-8.4f %s%n",
                    name, text(auc), text(loss), Metrics.ece(probabilities, labels), signed(less));
        });
    }

    private static double auc(double[] scores, boolean[] labels, int[] rows) {
        double[] drawn = new double[rows.length];
        boolean[] truths = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            drawn[i] = scores[rows[i]];
            truths[i] = labels[rows[i]];
        }
        return Metrics.auc(drawn, truths);
    }

    private static String text(Bootstrap.Interval interval) {
        return "%.4f [%.4f, %.4f]".formatted(interval.estimate(), interval.low(), interval.high());
    }

    private static String signed(Bootstrap.Interval interval) {
        return "%+.4f [%+.4f, %+.4f]".formatted(interval.estimate(), interval.low(), interval.high());
    }

    /** What {@code folds.csv} holds. */
    private record Rows(int[] lines, int[] folds, boolean[] labels, double[] boosted, double[] logistic) {

        static Rows read(Path file) throws IOException {
            List<NamedCsvRecord> records;
            try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
                records = reader.stream().toList();
            }
            boolean[] labels = new boolean[records.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = records.get(i).getField("truth").equals("1");
            }
            return new Rows(
                    whole(records, "line"),
                    whole(records, "fold"),
                    labels,
                    decimal(records, "boosted"),
                    decimal(records, "logistic"));
        }

        private static int[] whole(List<NamedCsvRecord> records, String column) {
            return records.stream()
                    .mapToInt(each -> Integer.parseInt(each.getField(column)))
                    .toArray();
        }

        private static double[] decimal(List<NamedCsvRecord> records, String column) {
            return records.stream()
                    .mapToDouble(each -> Double.parseDouble(each.getField(column)))
                    .toArray();
        }
    }
}
