package io.dougong.manifest;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Durations and sizes as a manifest writes them: a whole number and one unit, the largest that leaves no rest (a day is 24h). */
final class Durations {

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

    /** A text that matches {@link Grammar#LAPSE}. */
    static Duration read(String text) {
        return Duration.ofMillis(read(text, LAPSES));
    }

    /** A text that matches {@link Grammar#SIZE}, in bytes. */
    static long readBytes(String text) {
        return read(text, SIZES);
    }

    /** The text; a duration that a manifest cannot say comes out as ISO 8601, which its reader refuses. */
    static String text(Duration duration) {
        if (duration.isNegative() || !duration.truncatedTo(ChronoUnit.MILLIS).equals(duration)) {
            return duration.toString();
        }
        return duration.isZero() ? "0s" : text(duration.toMillis(), LAPSES);
    }

    static String bytesText(long bytes) {
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
