package io.dougong.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Times of many calls, noted by many threads; those beyond the room for them are counted only. */
final class Latencies {

    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    Latencies(int room) {
        this.nanos = new long[room];
    }

    void add(long taken) {
        int place = count.getAndIncrement();
        if (place < nanos.length) {
            nanos[place] = taken;
        }
    }

    int count() {
        return count.get();
    }

    /** Once nobody adds any more. */
    String report(double seconds) {
        int taken = Math.min(count.get(), nanos.length);
        Arrays.sort(nanos, 0, taken);
        return String.format(
                Locale.ROOT,
                "%,10.0f/s   p50 %,9.0f µs   p99 %,9.0f µs   p99.9 %,9.0f µs   (%,d)",
                count.get() / seconds,
                micros(taken, 0.5),
                micros(taken, 0.99),
                micros(taken, 0.999),
                count.get());
    }

    private double micros(int taken, double share) {
        return taken == 0 ? Double.NaN : nanos[(int) (taken * share)] / 1e3;
    }
}
