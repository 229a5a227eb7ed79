package io.dougong.apps.tabular;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the text of a field means. */
final class Values {

    private static final Set<String> MISSING =
            Set.of("", "NA", "N/A", "n/a", "na", "null", "NULL", "NaN", "nan", "?", "-", "\\N", "#N/A", "<NA>");
    private static final Set<String> TRUE = Set.of("true", "yes", "y", "t");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "f");
    private static final int LONGEST_NUMBER = 40;

    private Values() {}

    /** Without surrounding blanks; null if it says that nothing is known. */
    static @Nullable String present(@Nullable String field) {
        if (field == null) {
            return null;
        }
        String stripped = field.strip();
        return MISSING.contains(stripped) ? null : stripped;
    }

    static @Nullable Boolean truth(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (TRUE.contains(lower)) {
            return Boolean.TRUE;
        }
        return FALSE.contains(lower) ? Boolean.FALSE : null;
    }

    /** A finite decimal number with a point, e.g. {@code -1.5e3}; null if it is none. */
    static @Nullable Double number(String value) {
        if (value.isEmpty() || value.length() > LONGEST_NUMBER || !plain(value)) {
            return null;
        }
        try {
            double number = Double.parseDouble(value);
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        char last = value.charAt(value.length() - 1);
        return last >= '0' && last <= '9' || last == '.';
    }

    /** Whether a number is written without point or exponent, in the range of a long, and without leading zeros. */
    static boolean whole(String value) {
        int start = value.charAt(0) == '-' ? 1 : 0;
        int digits = value.length() - start;
        if (digits < 1 || digits > 18 || digits > 1 && value.charAt(start) == '0') {
            return false;
        }
        for (int i = start; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
