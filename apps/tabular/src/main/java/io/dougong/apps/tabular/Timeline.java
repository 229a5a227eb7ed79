package io.dougong.apps.tabular;

import io.dougong.kernel.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When each row was asked, and so which slice it falls into: training, calibration, test, in the order of time.
 *
 * <p>Without a column that tells it, rows are spread over twenty days of the year 2000 by a hash of their content (the label left out): a random split that
 * is the same on every run, keeps equal rows together, and does not move other rows when some are added.
 */
final class Timeline {

    static final double TRAIN = 0.7;
    static final double CALIBRATE = 0.15;

    private static final long BASE_MICROS = Times.micros(Instant.parse("2000-01-01T00:00:00Z"));
    private static final long SPAN_MICROS = 20L * 24 * 3600 * 1_000_000;
    private static final double EPOCH_SECONDS = 1e8;
    private static final double EPOCH_MILLIS = 1e11;
    private static final double EPOCH_MICROS = 1e14;
    private static final double SHARE_DIGITS = 1e4;

    private final @Nullable ColumnProfile column;
    private final int place;
    private final int label;
    private final long seed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private double trainShare = TRAIN;
    private double calibrateShare = CALIBRATE;

    private Timeline(@Nullable ColumnProfile column, int place, int label, long seed) {
        this.column = column;
        this.place = place;
        this.label = label;
        this.seed = seed;
    }

    /** Reads the table once more, for its first and last time. */
    static Timeline of(Table table, Profile profile, long seed) {
        List<String> header = table.header();
        boolean told = !profile.time().isEmpty();
        Timeline timeline = new Timeline(
                told ? profile.column(profile.time()) : null,
                header.indexOf(profile.time()),
                header.indexOf(profile.label().column()),
                seed);
        table.read((_, values) -> timeline.see(values));
        if (told) {
            timeline.share(profile.sample().rows());
        }
        return timeline;
    }

    private void see(@Nullable String[] values) {
        Long micros = micros(values);
        if (micros != null && values[label] != null) {
            first = Math.min(first, micros);
            last = Math.max(last, micros);
        }
    }

    /** Shares of the span that hold the usual shares of the rows, which may come in bursts. */
    private void share(List<@Nullable String[]> rows) {
        long[] times = rows.stream()
                .map(this::micros)
                .filter(micros -> micros != null)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        double span = Math.max(1, last - first);
        double train = (after(times, TRAIN) - first) / span;
        double both = (after(times, TRAIN + CALIBRATE) - first) / span;
        trainShare = Math.clamp(rounded(train), 1e-4, 1 - 3e-4);
        calibrateShare = Math.clamp(rounded(both - train), 1e-4, 1 - trainShare - 1e-4);
    }

    private static double after(long[] times, double share) {
        return times.length == 0 ? 0 : times[Math.min(times.length - 1, (int) (share * times.length))];
    }

    private static double rounded(double share) {
        return Math.round(share * SHARE_DIGITS) / SHARE_DIGITS;
    }

    boolean told() {
        return column != null;
    }

    double trainShare() {
        return trainShare;
    }

    double calibrateShare() {
        return rounded(calibrateShare);
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** When the row was asked; null if its time is missing. */
    @Nullable
    Long micros(@Nullable String[] values) {
        if (column == null) {
            return BASE_MICROS + (long) (unit(values) * SPAN_MICROS);
        }
        Object parsed = column.parsed(values[place], column.kind());
        return switch (parsed) {
            case Long micros when column.kind() == Kind.TIMESTAMP -> micros;
            case Number number -> ordered(number.doubleValue());
            case null, default -> null;
        };
    }

    /** Seconds, milliseconds or microseconds since 1970 by their size; smaller numbers are years, days, steps: one second each. */
    private static long ordered(double number) {
        double size = Math.abs(number);
        if (size >= EPOCH_MICROS) {
            return (long) number;
        }
        if (size >= EPOCH_MILLIS) {
            return (long) (number * 1e3);
        }
        return size >= EPOCH_SECONDS ? (long) (number * 1e6) : BASE_MICROS + (long) (number * 1e6);
    }

    /** 0 to 1, from the content. */
    private double unit(@Nullable String[] values) {
        long hash = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            hash = i == label ? hash : mixed(hash ^ (value == null ? 0x55L : text(value)));
        }
        return (mixed(hash) >>> 11) * 0x1.0p-53;
    }

    private static long text(String value) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The finaliser of SplittableRandom (Stafford's variant 13). */
    private static long mixed(long hash) {
        long z = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 training, 1 calibration, 2 test: as learning cuts the same shares. */
    int slice(long micros) {
        long span = last - first;
        long trainUntil = first + Math.round(span * trainShare());
        long calibrateUntil = first + Math.round(span * (trainShare() + calibrateShare()));
        if (micros < trainUntil) {
            return 0;
        }
        return micros < calibrateUntil ? 1 : 2;
    }

    @Override
    public String toString() {
        return "Timeline" + Arrays.asList(first, last, trainShare, calibrateShare);
    }
}
