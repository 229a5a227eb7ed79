package io.dougong.operate;

import io.dougong.operate.Reading.Kind;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the decisions of each window took, from question to answer without the wait for the disk, as their records say. It alarms
 * when more of them were slower than the objective than one of a hundred, by more than chance: 99 of 100 shall be within it.
 *
 * <p>Durations are counted in bins of an eighth of an octave, so a quantile is at most 12.5 % above the true one.
 */
final class LatencyMonitor {

    static final double SLOW_ALLOWED = 0.01;

    private static final double LEVEL = 1e-6;
    private static final double LIMIT = -StrictMath.log10(LEVEL);
    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;
    private static final int BINS = 40 * PARTS;
    private static final double MICROS_PER_MILLI = 1_000;

    private final long windowMicros;
    private final long objectiveMicros;
    private final long[] counts;
    private final Gauge gauge;
    private long slow;
    private long window;

    /** Everything that must survive. */
    record Kept(long[] counts, long slow, long window, Gauge.Kept gauge) {}

    LatencyMonitor(String decision, MonitorsDefinition monitors, @Nullable Kept before) {
        this.windowMicros = monitors.windowMicros();
        this.objectiveMicros = monitors.latencyObjective().toNanos() / 1_000;
        this.gauge = new Gauge(decision + "/latency", Kind.LATENCY, "latency", "p99_millis");
        this.counts = before == null ? new long[BINS] : before.counts();
        this.window = before == null ? Long.MIN_VALUE : before.window();
        if (before != null) {
            slow = before.slow();
            gauge.restore(before.gauge());
        }
    }

    Kept kept() {
        return new Kept(counts.clone(), slow, window, gauge.kept());
    }

    void add(long micros) {
        counts[bin(micros)]++;
        slow += micros > objectiveMicros ? 1 : 0;
    }

    /** Event time has come so far. */
    void advance(long micros) {
        if (micros == Long.MIN_VALUE) {
            return;
        }
        long now = Math.floorDiv(micros, windowMicros);
        if (now > window) {
            if (window != Long.MIN_VALUE) {
                close((window + 1) * windowMicros);
            }
            window = now;
        }
    }

    private void close(long atMicros) {
        long decisions = 0;
        for (long count : counts) {
            decisions += count;
        }
        if (decisions > 0) {
            double evidence = -StrictMath.log10(Math.max(1e-300, Evidence.binomialTail(slow, decisions, SLOW_ALLOWED)));
            double p99 = quantileMillis(decisions, 1 - SLOW_ALLOWED);
            gauge.show(
                    atMicros,
                    p99,
                    objectiveMicros / MICROS_PER_MILLI,
                    evidence,
                    LIMIT,
                    evidence > LIMIT,
                    Map.of(
                            "decisions",
                            (double) decisions,
                            "slow",
                            (double) slow,
                            "p50_millis",
                            quantileMillis(decisions, 0.5),
                            "p95_millis",
                            quantileMillis(decisions, 0.95),
                            "p99_millis",
                            p99));
        }
        Arrays.fill(counts, 0);
        slow = 0;
    }

    private double quantileMillis(long decisions, double share) {
        long wanted = (long) StrictMath.ceil(share * decisions);
        long seen = 0;
        int bin = 0;
        while (bin < BINS - 1 && seen + counts[bin] < wanted) {
            seen += counts[bin];
            bin++;
        }
        return upper(bin) / MICROS_PER_MILLI;
    }

    /** Durations below eight microseconds have a bin each; above, the leading bit and the three that follow it say which. */
    static int bin(long micros) {
        long value = Math.max(0, micros);
        if (value < PARTS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - PARTS_BITS;
        return (int) Math.min(BINS - 1, (long) (shift + 1) * PARTS + (value >> shift) - PARTS);
    }

    /** The longest duration of a bin. */
    static long upper(int bin) {
        if (bin < PARTS) {
            return bin;
        }
        int shift = bin / PARTS - 1;
        return (((long) (bin % PARTS) + PARTS + 1) << shift) - 1;
    }

    Gauge gauge() {
        return gauge;
    }
}
