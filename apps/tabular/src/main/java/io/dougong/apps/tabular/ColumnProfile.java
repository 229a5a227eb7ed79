package io.dougong.apps.tabular;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a column tells of it, in bounded memory: what its values could be, how many are missing, how many are different.
 * A column is of a type if nearly all of its values are; the few others are counted and the first is remembered with its line.
 */
final class ColumnProfile {

    static final int MOST_DISTINCT = 100_000;
    private static final int MOST_TEXTS = 1_001;
    private static final int MOST_CATEGORIES = 1_000;
    private static final int LONGEST_CATEGORY = 80;
    /** A share of odd values that may be slips. */
    private static final double SLIPS = 0.005;

    private static final int FEWEST_FOR_SLIPS = 400;

    /** A value that is not of the column's type. */
    record Odd(long line, String value) {}

    private final String name;
    private final Set<Integer> distinct = new HashSet<>();
    private final Map<String, Long> texts = new HashMap<>();
    private final long[] dated = new long[Dates.formats()];
    private long rows;
    private long present;
    private long truths;
    private long numbers;
    private long wholes;
    private long longest;
    private boolean rising = true;
    private double last = Double.NEGATIVE_INFINITY;
    private @Nullable Odd oddNumber;
    private @Nullable Odd oddDate;
    private int format;

    ColumnProfile(String name) {
        this.name = name;
    }

    void take(long line, @Nullable String value) {
        rows++;
        if (value == null) {
            return;
        }
        present++;
        if (distinct.size() <= MOST_DISTINCT) {
            distinct.add(value.hashCode());
        }
        if (texts.size() < MOST_TEXTS || texts.containsKey(value)) {
            texts.merge(value, 1L, Long::sum);
        }
        longest = Math.max(longest, value.length());
        number(line, value);
        truths += Values.truth(value) == null ? 0 : 1;
        date(line, value);
    }

    private void number(long line, String value) {
        Double number = Values.number(value);
        if (number == null) {
            oddNumber = oddNumber == null ? new Odd(line, value) : oddNumber;
            return;
        }
        numbers++;
        wholes += Values.whole(value) ? 1 : 0;
        rising &= number > last;
        last = number;
    }

    private void date(long line, String value) {
        if (oddDate != null && dated[format] < present * (1 - SLIPS) - FEWEST_FOR_SLIPS * SLIPS) {
            return;
        }
        boolean any = false;
        for (int i = 0; i < dated.length; i++) {
            if (dated[i] + (present - 1) * SLIPS + 1 >= present && Dates.micros(value, i) != null) {
                dated[i]++;
                any = true;
            }
        }
        format = mostDated();
        if (!any) {
            oddDate = oddDate == null ? new Odd(line, value) : oddDate;
        }
    }

    private int mostDated() {
        int best = 0;
        for (int i = 1; i < dated.length; i++) {
            best = dated[i] > dated[best] ? i : best;
        }
        return best;
    }

    String name() {
        return name;
    }

    Kind kind() {
        if (present == 0) {
            return Kind.EMPTY;
        }
        if (truths == present && distinct.size() <= 2) {
            return Kind.BOOLEAN;
        }
        if (nearlyAll(numbers)) {
            return wholes == numbers ? Kind.INTEGER : Kind.NUMBER;
        }
        if (nearlyAll(dated[format])) {
            return Kind.TIMESTAMP;
        }
        return texts.size() <= MOST_CATEGORIES && longest <= LONGEST_CATEGORY ? Kind.CATEGORY : Kind.TEXT;
    }

    private boolean nearlyAll(long fitting) {
        return fitting == present || present >= FEWEST_FOR_SLIPS && fitting >= present * (1 - SLIPS);
    }

    /** How dates are written, as a number of {@link Dates}. */
    int dateFormat() {
        return format;
    }

    /** The first value that is not of the type, or null. */
    @Nullable
    Odd odd() {
        return switch (kind()) {
            case INTEGER, NUMBER -> oddNumber;
            case TIMESTAMP -> oddDate;
            default -> null;
        };
    }

    long odds() {
        return switch (kind()) {
            case INTEGER, NUMBER -> present - numbers;
            case TIMESTAMP -> present - dated[format];
            default -> 0;
        };
    }

    long rows() {
        return rows;
    }

    long present() {
        return present;
    }

    double missingShare() {
        return rows == 0 ? 0 : 1 - (double) present / rows;
    }

    /** Different values, at most one more than {@link #MOST_DISTINCT}. */
    int distinct() {
        return distinct.size();
    }

    /** Values and how often each occurs; complete if there are at most 1,000. */
    Map<String, Long> texts() {
        return texts;
    }

    boolean rising() {
        return rising && numbers == present;
    }

    /** A value as the column's type has it; null if missing or odd. */
    @Nullable
    Object parsed(@Nullable String value, Kind kind) {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case EMPTY -> null;
            case BOOLEAN -> Values.truth(value);
            case INTEGER -> Values.number(value) == null || !Values.whole(value) ? null : (Object) Long.valueOf(value);
            case NUMBER -> Values.number(value);
            case TIMESTAMP -> Dates.micros(value, format);
            case CATEGORY, TEXT -> value;
        };
    }
}
