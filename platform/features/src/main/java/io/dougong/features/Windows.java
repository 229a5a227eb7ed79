package io.dougong.features;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Panes of one minute, and how lengths of time are written in feature names. */
final class Windows {

    static final long PANE_MICROS = 60_000_000;

    private static final Pattern LABEL = Pattern.compile("(\\d{1,6})(m|h|d)");
    private static final long LEAST_DAYS = 2;

    private Windows() {}

    static long pane(long micros) {
        return Math.floorDiv(micros, PANE_MICROS);
    }

    /** How many panes the duration covers, rounded up. */
    static long panes(Duration duration) {
        long seconds = duration.plusSeconds(59).toSeconds();
        return seconds / 60;
    }

    static boolean isWhole(Duration window) {
        return window.isPositive() && window.equals(Duration.ofMinutes(window.toMinutes()));
    }

    /** {@code 15m}, {@code 24h}, {@code 14d}: whole days from two up in days, whole hours in hours, else in minutes. */
    static String label(Duration duration) {
        if (duration.toDays() >= LEAST_DAYS && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + "d";
        }
        return duration.equals(Duration.ofHours(duration.toHours())) && duration.isPositive()
                ? duration.toHours() + "h"
                : duration.toMinutes() + "m";
    }

    static Optional<Duration> parse(String label) {
        Matcher matcher = LABEL.matcher(label.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    /** A feature name with its last part as {@link #label} writes it: {@code x.count_1d} becomes {@code x.count_24h}. */
    static String canonical(String feature) {
        int cut = feature.lastIndexOf('_');
        return cut < 0
                ? feature
                : parse(feature.substring(cut + 1))
                        .map(window -> feature.substring(0, cut + 1) + label(window))
                        .orElse(feature);
    }
}
