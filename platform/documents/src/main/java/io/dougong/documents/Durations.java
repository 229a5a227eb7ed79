package io.dougong.documents;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Durations and sizes as documents write them: a whole number and one unit, the largest that leaves no rest (a day is 24h). */
public final class Durations {

    /** A duration, zero allowed. */
    public static final Shape.Text LAPSE = new Shape.Text(
            "a duration", "^(0|[1-9][0-9]{0,8})(ms|s|m|h|d)$", "Write a whole number and ms, s, m, h or d, e.g. 10m.");

    /** A duration above zero. */
    public static final Shape.Text SPAN = new Shape.Text(
            "a duration above zero",
            "^[1-9][0-9]{0,8}(ms|s|m|h|d)$",
            "Write a whole number and ms, s, m, h or d, e.g. 10m.");

    /** A number of bytes. */
    public static final Shape.Text SIZE = new Shape.Text(
            "a size",
            "^([1-9][0-9]{0,17}B|[1-9][0-9]{0,5}(KiB|MiB|GiB|TiB))$",
            "Write a whole number and B, KiB, MiB, GiB or TiB, e.g. 10GiB.");

    private static final List<Unit> LAPSES = List.of(
            new Unit("d", 86_400_000, 2),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1000),
            new Unit("ms", 1));
    private static final List<Unit> SIZES = List.of(
            new Unit("TiB", 1L << 40),
            new Unit("GiB", 1L << 30),
            new Unit("MiB", 1L << 20),
            new Unit("KiB", 1L << 10),
            new Unit("B", 1));

    /** @param least how many there must be, so that a day is 24h, as in the names of features */
    private record Unit(String name, long size, int least) {

        Unit(String name, long size) {
            this(name, size, 1);
        }

        boolean suits(long amount) {
            return amount % size == 0 && amount / size >= least;
        }
    }

    private Durations() {}

    /** A text that matches {@link #LAPSE}. */
    public static Duration read(String text) {
        return Duration.ofMillis(read(text, LAPSES));
    }

    /** A text that matches {@link #SIZE}, in bytes. */
    public static long readBytes(String text) {
        return read(text, SIZES);
    }

    /** The text; a duration that a manifest cannot say comes out as ISO 8601, which its reader refuses. */
    public static String text(Duration duration) {
        if (duration.isNegative() || !duration.truncatedTo(ChronoUnit.MILLIS).equals(duration)) {
            return duration.toString();
        }
        return duration.isZero() ? "0s" : text(duration.toMillis(), LAPSES);
    }

    public static String bytesText(long bytes) {
        return text(bytes, SIZES);
    }

    private static long read(String text, List<Unit> units) {
        int digits = 0;
        while (Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        String name = text.substring(digits);
        Unit unit = units.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit.size());
    }

    private static String text(long amount, List<Unit> units) {
        Unit unit = units.stream()
                .filter(candidate -> candidate.suits(amount))
                .findFirst()
                .orElseThrow();
        return amount / unit.size() + unit.name();
    }
}
