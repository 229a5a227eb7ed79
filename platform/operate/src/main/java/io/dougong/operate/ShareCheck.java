package io.dougong.operate;

import io.dougong.operate.Reading.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A share that should stay as small as it was: of missing values, unseen texts, duplicates, refused events. */
final class ShareCheck {

    static final double LEVEL = 1e-6;

    private static final long LEAST_EVENTS = 1_000;
    private static final double PRIOR = 100;
    private static final double LIMIT = -StrictMath.log10(LEVEL);

    private final Gauge gauge;
    private final long[] counts;

    /** Everything that must survive; counts are those of the window and those learnt, hits before all. */
    record Kept(long[] counts, Gauge.Kept gauge) {}

    ShareCheck(String stream, String check, String subject, @Nullable Kept before) {
        this.gauge = new Gauge(
                stream + "/" + check + (subject.isEmpty() ? "" : "/" + subject),
                Kind.FEED,
                subject.isEmpty() ? check : check + " " + subject,
                "share");
        this.counts = before == null ? new long[4] : before.counts();
        if (before != null) {
            gauge.restore(before.gauge());
        }
    }

    Kept kept() {
        return new Kept(counts, gauge.kept());
    }

    void hit() {
        counts[0]++;
    }

    /** How many events the window had. */
    void outOf(long events) {
        counts[1] = events;
    }

    /** Bound on the chance of so many hits in the window, if nothing has changed. */
    double pValue() {
        return counts[3] < LEAST_EVENTS ? 1 : Evidence.binomialTail(counts[0], counts[1], usual());
    }

    private double usual() {
        return (counts[2] + 1) / (counts[3] + PRIOR);
    }

    /** A window ended; what was unusual is not learnt. */
    void close(long atMicros, double pValue, boolean unusual) {
        if (counts[1] > 0) {
            gauge.show(
                    atMicros,
                    (double) counts[0] / counts[1],
                    usual(),
                    -StrictMath.log10(Math.max(1e-300, pValue)),
                    LIMIT,
                    unusual,
                    Map.of("hits", (double) counts[0], "events", (double) counts[1]));
        }
        if (!unusual) {
            counts[2] += counts[0];
            counts[3] += counts[1];
        }
        counts[0] = 0;
        counts[1] = 0;
    }

    Gauge gauge() {
        return gauge;
    }
}
