package io.dougong.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Instants as microseconds since 1970-01-01T00:00:00Z, the one time unit of rows, features and tables. */
public final class Times {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final String USUAL = "0000-00-00T00:00:00Z";
    private static final int SECONDS_LENGTH = USUAL.length();
    private static final int HOUR = 11;
    private static final int SECOND = 17;

    private Times() {}

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /**
     * Micros of an ISO 8601 time with a zone, e.g. {@code 2001-01-01T00:00:00Z}; what stands behind the microseconds is cut off.
     *
     * @throws DateTimeException if it is none
     */
    public static long parse(String text) {
        if (text.length() == SECONDS_LENGTH && isUsual(text)) {
            long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                    .toEpochDay();
            long second = LocalTime.of(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19))
                    .toSecondOfDay();
            return (day * SECONDS_PER_DAY + second) * MICROS_PER_SECOND;
        }
        return micros(
                text.endsWith("Z")
                        ? Instant.parse(text)
                        : OffsetDateTime.parse(text).toInstant());
    }

    /** Whether it has the form that most senders use, {@value #USUAL}, which is read here without a general parser; not leap seconds and the end of a
     * day as 24:00.
     */
    private static boolean isUsual(String text) {
        for (int i = 0; i < SECONDS_LENGTH; i++) {
            char wanted = USUAL.charAt(i);
            char found = text.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return text.charAt(SECOND) < '6' && (text.charAt(HOUR) < '2' || text.charAt(HOUR + 1) < '4');
    }

    private static int digits(String text, int from, int until) {
        int value = 0;
        for (int i = from; i < until; i++) {
            value = 10 * value + text.charAt(i) - '0';
        }
        return value;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000L);
    }
}
