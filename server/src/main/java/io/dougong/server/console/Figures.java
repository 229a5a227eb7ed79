package io.dougong.server.console;

import io.dougong.kernel.Times;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers and times are written. */
final class Figures {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long SECOND_MICROS = 1_000_000;
    private static final String NONE = "–";

    private Figures() {}

    static String count(long number) {
        return String.format(Locale.US, "%,d", number);
    }

    static String decimal(double number, int digits) {
        return Double.isNaN(number) ? NONE : String.format(Locale.US, "%,." + digits + "f", number);
    }

    static String signed(double number) {
        return String.format(Locale.US, "%+.2f", number).replace('-', '−');
    }

    static String percent(double share) {
        return Double.isNaN(share) ? NONE : String.format(Locale.US, "%.1f %%", 100 * share);
    }

    static String minute(long micros) {
        return micros <= 0 ? NONE : MINUTE.format(Times.instant(micros));
    }

    static String second(long micros) {
        return micros <= 0 ? NONE : SECOND.format(Times.instant(micros));
    }

    static String iso(long micros) {
        Instant instant = Times.instant(micros);
        return instant.toString();
    }

    static String value(@Nullable Object value) {
        return switch (value) {
            case null -> NONE;
            case Double number when number.isNaN() -> NONE;
            case Double number when number == Math.rint(number) && Math.abs(number) < 1e9 -> decimal(number, 0);
            case Double number -> decimal(number, 3);
            case Long number -> count(number);
            default -> value.toString();
        };
    }

    /** How long an answer took; nothing if there was none. */
    static String latency(long micros) {
        return micros == 0 ? NONE : span(micros);
    }

    /** A stretch of time in its largest unit, e.g. {@code 12 min}. */
    static String span(long micros) {
        if (micros < 0) {
            return NONE;
        }
        if (micros < 1_000) {
            return micros + " µs";
        }
        if (micros < SECOND_MICROS) {
            return decimal(micros / 1e3, micros < 10_000 ? 1 : 0) + " ms";
        }
        double seconds = (double) micros / SECOND_MICROS;
        if (seconds < 90) {
            return decimal(seconds, seconds < 10 ? 1 : 0) + " s";
        }
        if (seconds < 5_400) {
            return decimal(seconds / 60, 0) + " min";
        }
        return seconds < 172_800 ? decimal(seconds / 3_600, 0) + " h" : decimal(seconds / 86_400, 0) + " d";
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024 ? decimal(bytes / 1024.0, 1) + " KiB" : decimal(bytes / (1024.0 * 1024), 1) + " MiB";
    }
}
