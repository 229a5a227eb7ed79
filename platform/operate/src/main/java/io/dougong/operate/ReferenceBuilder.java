package io.dougong.operate;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.models.FeatureSpec;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the {@link Reference} of a version from the rows it was trained on. */
public final class ReferenceBuilder {

    private static final int BINS = 32;
    private static final int MOST_CATEGORIES = 64;
    private static final int LEAST_ROWS = 30;
    private static final double LATE_SHARE = 0.99;
    private static final double MOST_AUTOCORRELATION = 0.5;

    private final List<FeatureSpec> features;
    private final Task task;
    private final long windowMicros;
    private final double threshold;
    private final double positiveFrom;

    /**
     * @param threshold nonconformity threshold that the version begins with; NaN if it never abstains
     * @param positiveFrom probability from which the outcome is taken that a true label makes right
     */
    public ReferenceBuilder(
            List<FeatureSpec> features, Task task, MonitorsDefinition monitors, double threshold, double positiveFrom) {
        this.task = task;
        this.features = List.copyOf(features);
        this.windowMicros = monitors.windowMicros();
        this.threshold = threshold;
        this.positiveFrom = positiveFrom;
    }

    public Reference build(ReferenceRows rows) {
        List<Reference.OfFeature> found = new ArrayList<>();
        for (int feature = 0; feature < features.size(); feature++) {
            found.add(feature(rows, feature));
        }
        return new Reference(
                Reference.FORMAT,
                windowMicros,
                rows.askedMicros(0),
                rows.askedMicros(rows.rows() - 1),
                labelDelay(rows),
                found,
                score(rows),
                domain(rows, found),
                quality(rows),
                task == Task.BINARY ? null : task);
    }

    private long window(long micros) {
        return Math.floorDiv(micros, windowMicros);
    }

    private static long labelDelay(ReferenceRows rows) {
        long[] delays = new long[rows.rows()];
        Arrays.setAll(delays, row -> rows.knownMicros(row) - rows.askedMicros(row));
        Arrays.sort(delays);
        return delays[(int) (LATE_SHARE * (delays.length - 1))];
    }

    private Reference.OfFeature feature(ReferenceRows rows, int feature) {
        FeatureSpec spec = features.get(feature);
        Bins bins = spec.kind() == FeatureSpec.Kind.CATEGORICAL ? categories(rows, feature) : numbers(rows, feature);
        return counted(spec.name(), bins, rows, row -> rows.value(row, feature), _ -> true);
    }

    private static Bins categories(ReferenceRows rows, int feature) {
        List<Object> values = new ArrayList<>(rows.rows());
        for (int row = 0; row < rows.rows(); row++) {
            Object value = rows.value(row, feature);
            if (value != null) {
                values.add(value);
            }
        }
        return Bins.categorical(
                FeatureSpec.categorical("", values, MOST_CATEGORIES).categories());
    }

    private static Bins numbers(ReferenceRows rows, int feature) {
        float[] values = new float[rows.rows()];
        int size = 0;
        for (int row = 0; row < values.length; row++) {
            if (rows.value(row, feature) instanceof Float value && !value.isNaN()) {
                values[size++] = value;
            }
        }
        float[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return Bins.numeric(sorted, BINS);
    }

    private Reference.OfFeature score(ReferenceRows rows) {
        float[] values = new float[rows.rows()];
        int size = 0;
        for (int row = 0; row < values.length; row++) {
            double said = said(rows, row);
            if (!Double.isNaN(said)) {
                values[size++] = (float) said;
            }
        }
        float[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return counted(
                "score",
                Bins.numeric(sorted, BINS),
                rows,
                row -> said(rows, row),
                row -> !Double.isNaN(said(rows, row)));
    }

    private static double said(ReferenceRows rows, int row) {
        Score score = rows.score(row);
        return score == null ? Double.NaN : said(score);
    }

    /** What is watched of a score: the probability, or the number. */
    static double said(Score score) {
        return score instanceof Score.Amount amount ? amount.value() : score.probability();
    }

    private interface Values {
        @org.jspecify.annotations.Nullable
        Object of(int row);
    }

    private Reference.OfFeature counted(
            String name, Bins bins, ReferenceRows rows, Values values, java.util.function.IntPredicate counts) {
        BinFinder finder = new BinFinder(bins);
        Map<Long, long[]> windows = new TreeMap<>();
        long[] whole = new long[bins.size()];
        long current = Long.MIN_VALUE;
        long[] inWindow = whole;
        for (int row = 0; row < rows.rows(); row++) {
            if (counts.test(row)) {
                long window = window(rows.askedMicros(row));
                if (window != current) {
                    current = window;
                    inWindow = windows.computeIfAbsent(window, _ -> new long[bins.size()]);
                }
                int bin = finder.place(values.of(row));
                whole[bin]++;
                inWindow[bin]++;
            }
        }
        return new Reference.OfFeature(name, bins, whole, scores(bins, whole, windows.values()));
    }

    private static double[] scores(Bins bins, long[] whole, Iterable<long[]> windows) {
        List<Double> scores = new ArrayList<>();
        for (long[] window : windows) {
            if (Divergence.sum(window) >= LEAST_ROWS) {
                long[] others = whole.clone();
                for (int i = 0; i < others.length; i++) {
                    others[i] -= window[i];
                }
                scores.add(Divergence.of(bins, others, window).jensenShannon());
            }
        }
        return scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private Reference.OfDomain domain(ReferenceRows rows, List<Reference.OfFeature> found) {
        RowSample whole = new RowSample();
        Map<Long, RowSample> windows = new TreeMap<>();
        Ranks ranks = new Ranks(found);
        for (int row = 0; row < rows.rows(); row++) {
            long hash = RowSample.hash(row);
            RowSample window = windows.computeIfAbsent(window(rows.askedMicros(row)), _ -> new RowSample());
            if (whole.wants(hash) || window.wants(hash)) {
                int at = row;
                byte[] ranked = ranks.of(feature -> rows.value(at, feature));
                whole.add(hash, ranked);
                window.add(RowSample.hash(hash), ranked);
            }
        }
        byte[][] sample = whole.rows();
        return new Reference.OfDomain(
                sample,
                windows.values().stream()
                        .mapToDouble(window -> DomainClassifier.auc(sample, window.rows()))
                        .filter(auc -> !Double.isNaN(auc))
                        .sorted()
                        .toArray());
    }

    private List<Reference.OfQuality> quality(ReferenceRows rows) {
        Map<Long, LabelledPane> panes = new TreeMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            Score score = rows.score(row);
            if (score != null) {
                boolean decided = Double.isNaN(threshold) || rows.decided(row, threshold);
                panes.computeIfAbsent(window(rows.askedMicros(row)), window -> LabelledPane.empty(task, window))
                        .add(bounded(score), rows.truth(row), decided, decided && wrong(score, rows.truth(row)));
            }
        }
        List<Reference.OfQuality> found = new ArrayList<>();
        for (Metric metric : Metric.watched(task)) {
            double[] figures = panes.values().stream()
                    .filter(pane -> pane.labelled() >= LEAST_ROWS)
                    .mapToDouble(pane -> pane.of(metric))
                    .filter(Double::isFinite)
                    .toArray();
            found.add(quality(metric, figures));
        }
        return found;
    }

    /** A number with the interval that the version begins with. */
    private Score bounded(Score score) {
        return score instanceof Score.Amount amount ? amount.within(threshold) : score;
    }

    /** Of a number the decision's bands would have to be known; none is called wrong here, so its risk is shown and not judged. */
    private boolean wrong(Score score, Truth truth) {
        return switch (score) {
            case Score.Binary binary -> binary.probability() >= positiveFrom != truth.favours(score);
            case Score.Classes _ -> !truth.favours(score);
            case Score.Amount _ -> false;
        };
    }

    /**
     * Windows that resemble their neighbours hold less news than independent ones: the deviation is widened by √((1 + ρ) / (1 − ρ)), ρ
     * the correlation of neighbours (VanBrackle and Reynolds 1997 show what happens to CUSUM charts otherwise), and by 1 + 1/√n
     * because mean and deviation are estimated from n windows only.
     */
    static Reference.OfQuality quality(Metric metric, double[] figures) {
        int n = figures.length;
        double mean = Arrays.stream(figures).average().orElse(Double.NaN);
        double squares = 0;
        double neighbours = 0;
        for (int i = 0; i < n; i++) {
            squares += (figures[i] - mean) * (figures[i] - mean);
            neighbours += i == 0 ? 0 : (figures[i] - mean) * (figures[i - 1] - mean);
        }
        double rho = squares == 0 ? 0 : Math.clamp(neighbours / squares, 0, MOST_AUTOCORRELATION);
        double deviation = n < 2 ? Double.NaN : StrictMath.sqrt(squares / (n - 1));
        double widened = deviation * StrictMath.sqrt((1 + rho) / (1 - rho)) * (1 + 1 / StrictMath.sqrt(n));
        return new Reference.OfQuality(metric, mean, widened, n);
    }
}
