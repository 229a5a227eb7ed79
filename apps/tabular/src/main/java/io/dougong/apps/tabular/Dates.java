package io.dougong.apps.tabular;

import io.dougong.kernel.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which files write dates and times; without a zone they are UTC. */
final class Dates {

    private static final String ISO_DAY = "uuuu-MM-dd";
    private static final String SECONDS = ":ss";
    private static final int SHORTEST = 7;
    private static final int LONGEST = 40;

    /** In this order the first that reads every value of a column is taken. */
    private static final List<String> PATTERNS = List.of(
            "uuuu-MM-dd['T'HH:mm[:ss]]",
            "uuuu-MM-dd HH:mm[:ss]",
            "uuuu/M/d[ H:mm[:ss]]",
            "d.M.uuuu[ H:mm[:ss]]",
            "M/d/uuuu[ H:mm[:ss]]",
            "d/M/uuuu[ H:mm[:ss]]",
            "d-MMM-uuuu[ H:mm[:ss]]",
            "d MMM uuuu[ H:mm[:ss]]",
            "MMM d, uuuu",
            "uuuu-MM",
            "uuuu年M月d日");

    private static final List<DateTimeFormatter> FORMATS =
            PATTERNS.stream().map(Dates::formatter).toList();

    private Dates() {}

    /** With fractions of a second and an offset, where the pattern goes down to seconds. */
    private static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        if (pattern.startsWith(ISO_DAY) && pattern.contains(SECONDS)) {
            boolean inner = pattern.contains("['T'");
            builder.appendPattern(ISO_DAY);
            if (inner) {
                builder.optionalStart().appendLiteral('T');
            } else {
                builder.appendLiteral(' ');
            }
            builder.appendPattern("HH:mm");
            builder.optionalStart().appendPattern(":ss");
            builder.optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd();
            builder.optionalEnd().optionalStart().appendOffset("+HH:mm", "Z").optionalEnd();
            builder.optionalStart().appendOffset("+HHmm", "Z").optionalEnd();
            if (inner) {
                builder.optionalEnd();
            }
        } else {
            builder.appendPattern(pattern);
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    static int formats() {
        return FORMATS.size();
    }

    static String pattern(int format) {
        return PATTERNS.get(format).replaceAll("[\\[\\]']", "").replace("uuuu", "yyyy");
    }

    /** Microseconds since 1970, or null if the format does not read it. */
    static @Nullable Long micros(String value, int format) {
        if (value.length() < SHORTEST || value.length() > LONGEST || !mayBeDate(value)) {
            return null;
        }
        try {
            TemporalAccessor read = FORMATS.get(format)
                    .parseBest(value, OffsetDateTime::from, LocalDateTime::from, LocalDate::from, YearMonth::from);
            return Times.micros(instant(read));
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static boolean mayBeDate(String value) {
        int digits = 0;
        int others = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            others += c == '-' || c == '/' || c == '.' || c == ' ' || c == '年' ? 1 : 0;
        }
        return digits >= 5 && others >= 1;
    }

    private static Instant instant(TemporalAccessor read) {
        return switch (read) {
            case OffsetDateTime time -> time.toInstant();
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
            case YearMonth month -> month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            default -> throw new DateTimeException("not a date");
        };
    }
}
