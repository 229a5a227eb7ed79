package io.dougong.operate;

import io.dougong.decisions.FeatureValue;
import io.dougong.operate.Reading.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one decision is asked about, against what its model was trained on: every feature, the scores, and all features together. */
final class DriftMonitor {

    private static final int LEAST_ROWS = 30;
    private static final double USUAL_SHARE = 0.99;
    private static final double CAP = 10;

    private final Reference reference;
    private final double limit;
    private final Ranks ranks;
    private final BinFinder[] finders;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Gauge domain;
    private long window;
    private long rows;
    private long[][] counts;
    private RowSample sample = new RowSample();
    private int[] places = {};
    private final String[] names;

    /** Everything that must survive; the gauges stand in the order of the features, then score, then domain. */
    record Kept(long window, long rows, long[][] counts, RowSample.Kept sample, List<Gauge.Kept> gauges) {}

    DriftMonitor(String decision, Reference reference, MonitorsDefinition monitors, @Nullable Kept before) {
        this.reference = reference;
        this.limit = monitors.falseAlarmWindows();
        this.ranks = new Ranks(reference.features());
        this.finders = watched().map(feature -> new BinFinder(feature.bins())).toArray(BinFinder[]::new);
        this.names =
                reference.features().stream().map(Reference.OfFeature::name).toArray(String[]::new);
        watched()
                .forEach(feature -> gauges.add(new Gauge(
                        decision + "/drift/" + feature.name(), Kind.DRIFT, feature.name(), "jensen_shannon")));
        this.domain = new Gauge(decision + "/drift/all", Kind.DRIFT, "all features", "domain_auc");
        gauges.add(domain);
        this.window = before == null ? Long.MIN_VALUE : before.window();
        this.rows = before == null ? 0 : before.rows();
        this.counts = before == null ? empty() : before.counts();
        if (before != null) {
            sample = RowSample.of(before.sample());
            for (int i = 0; i < gauges.size(); i++) {
                gauges.get(i).restore(before.gauges().get(i));
            }
        }
    }

    private Stream<Reference.OfFeature> watched() {
        return Stream.concat(reference.features().stream(), Stream.of(reference.score()));
    }

    private long[][] empty() {
        return watched().map(feature -> new long[feature.bins().size()]).toArray(long[][]::new);
    }

    Kept kept() {
        return new Kept(
                window,
                rows,
                counts,
                sample.kept(),
                gauges.stream().map(Gauge::kept).toList());
    }

    /** A decision was made; closes the window before if this one is of a later. */
    void add(long askedMicros, List<FeatureValue> values, double probability) {
        advance(askedMicros);
        locate(values);
        int width = places.length;
        long hash = RowSample.hash(rows++);
        byte @Nullable [] ranked = sample.wants(hash) ? new byte[width] : null;
        for (int i = 0; i < width; i++) {
            Object value = places[i] < 0 ? null : values.get(places[i]).value();
            int bin = finders[i].place(value);
            counts[i][bin]++;
            if (ranked != null) {
                ranked[i] = ranks.of(i, bin);
            }
        }
        counts[width][finders[width].place(probability)]++;
        if (ranked != null) {
            sample.add(hash, ranked);
        }
    }

    private void locate(List<FeatureValue> values) {
        List<Reference.OfFeature> features = reference.features();
        if (places.length != features.size() || !fits(values)) {
            List<String> given = values.stream().map(FeatureValue::name).toList();
            places = features.stream()
                    .mapToInt(feature -> given.indexOf(feature.name()))
                    .toArray();
        }
    }

    private boolean fits(List<FeatureValue> values) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0 && !isAt(values, places[i], names[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAt(List<FeatureValue> values, int place, String name) {
        return place < values.size() && sameName(values.get(place).name(), name);
    }

    /** Names come from the same definitions, so mostly they are the same object. */
    private static boolean sameName(String one, String other) {
        return one.hashCode() == other.hashCode() && one.equals(other);
    }

    /** Event time has come so far. */
    void advance(long micros) {
        long now = Math.floorDiv(micros, reference.windowMicros());
        if (now > window) {
            if (rows >= LEAST_ROWS) {
                judge((window + 1) * reference.windowMicros());
            }
            window = now;
            rows = 0;
            counts = empty();
            sample = new RowSample();
        }
    }

    private void judge(long atMicros) {
        List<Reference.OfFeature> features = watched().toList();
        double[] evidence = new double[features.size()];
        Divergence[] found = new Divergence[features.size()];
        for (int i = 0; i < evidence.length; i++) {
            Reference.OfFeature feature = features.get(i);
            found[i] = Divergence.of(feature.bins(), feature.counts(), counts[i]);
            evidence[i] = evidence(gauges.get(i), feature.scores(), found[i].jensenShannon(), evidence.length);
        }
        boolean[] changed = Evidence.eBenjaminiHochberg(evidence, 1 / limit);
        for (int i = 0; i < evidence.length; i++) {
            double usual = usual(features.get(i).scores());
            gauges.get(i)
                    .show(
                            atMicros,
                            found[i].jensenShannon(),
                            usual,
                            evidence[i],
                            limit * evidence.length,
                            changed[i] && found[i].jensenShannon() > usual / 2,
                            figures(found[i], counts[i]));
        }
        judgeDomain(atMicros);
    }

    private void judgeDomain(long atMicros) {
        double auc = DomainClassifier.auc(reference.domain().sample(), sample.rows());
        double[] scores = reference.domain().scores();
        double evidence = Double.isNaN(auc) ? domain.evidence() : evidence(domain, scores, auc, 1);
        domain.show(atMicros, auc, usual(scores), evidence, limit, evidence >= limit, Map.of("rows", (double) rows));
    }

    /** Held a little above the limit, so that an alarm ends soon after its cause. */
    private double evidence(Gauge gauge, double[] scores, double score, int together) {
        if (scores.length == 0) {
            return 0;
        }
        double eValue = Evidence.calibrated(Evidence.conformal(scores, score));
        return Math.min(CAP * limit * together, Evidence.accumulated(gauge.evidence(), eValue));
    }

    private static double usual(double[] scores) {
        return scores.length == 0 ? Double.NaN : scores[(int) (USUAL_SHARE * (scores.length - 1))];
    }

    private static Map<String, Double> figures(Divergence divergence, long[] counts) {
        double whole = Math.max(1, Arrays.stream(counts).sum());
        return Map.of(
                "psi", divergence.psi(),
                "ks", divergence.ks(),
                "jensen_shannon", divergence.jensenShannon(),
                "wasserstein", divergence.wasserstein(),
                "missing", counts[counts.length - 1] / whole,
                "unseen", counts[counts.length - 2] / whole);
    }

    Stream<Gauge> gauges() {
        return gauges.stream();
    }
}
