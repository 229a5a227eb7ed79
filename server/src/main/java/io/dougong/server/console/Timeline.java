package io.dougong.server.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of one decision by hour of event time, and its quality by day. Bounded: the oldest are forgotten. */
final class Timeline {

    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final long DAY_MICROS = 24 * HOUR_MICROS;
    private static final int MOST_HOURS = 24 * 120;
    private static final int MOST_DAYS = 400;

    private static final int MOST_SHADOWS = 8;

    private final TreeMap<Long, Map<String, Long>> hours = new TreeMap<>();
    private final TreeMap<Long, Quality> days = new TreeMap<>();
    private final Map<String, TreeMap<Long, Quality>> shadows = new TreeMap<>();

    /**
     * @param hours start of the hour, in microseconds, to outcome to count
     * @param days start of the day to its quality
     * @param shadows the same of models that were asked along, by their names
     */
    record Copy(
            TreeMap<Long, Map<String, Long>> hours,
            TreeMap<Long, Quality> days,
            Map<String, TreeMap<Long, Quality>> shadows) {

        /** All days from this moment on, together. */
        Quality since(long micros) {
            Quality sum = new Quality();
            days.tailMap(micros, true).values().forEach(sum::add);
            return sum;
        }

        List<String> outcomes() {
            return hours.values().stream()
                    .flatMap(counts -> counts.keySet().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /** The newest hours, oldest first, without holes. */
        List<Long> lastHours(int most) {
            List<Long> list = new ArrayList<>();
            if (!hours.isEmpty()) {
                long last = hours.lastKey();
                long first = Math.max(hours.firstKey(), last - (most - 1) * HOUR_MICROS);
                for (long hour = first; hour <= last; hour += HOUR_MICROS) {
                    list.add(hour);
                }
            }
            return list;
        }

        long at(long hour, String outcome) {
            return hours.getOrDefault(hour, Map.of()).getOrDefault(outcome, 0L);
        }
    }

    void decided(Brief brief) {
        hours.computeIfAbsent(start(brief.askedMicros(), HOUR_MICROS), _ -> new HashMap<>())
                .merge(brief.outcome(), 1L, Long::sum);
        if (hours.size() > MOST_HOURS) {
            hours.pollFirstEntry();
        }
    }

    void labelled(Brief brief, boolean label) {
        long day = start(brief.askedMicros(), DAY_MICROS);
        add(days, day, brief.probability(), label);
        brief.shadows().forEach((model, probability) -> {
            if (shadows.size() < MOST_SHADOWS || shadows.containsKey(model)) {
                add(shadows.computeIfAbsent(model, _ -> new TreeMap<>()), day, probability, label);
            }
        });
    }

    private static void add(TreeMap<Long, Quality> days, long day, double probability, boolean label) {
        days.computeIfAbsent(day, _ -> new Quality()).add(probability, label);
        if (days.size() > MOST_DAYS) {
            days.pollFirstEntry();
        }
    }

    private static long start(long micros, long unit) {
        return Math.floorDiv(micros, unit) * unit;
    }

    Copy copy() {
        TreeMap<Long, Map<String, Long>> counts = new TreeMap<>();
        hours.forEach((hour, outcomes) -> counts.put(hour, Map.copyOf(outcomes)));
        Map<String, TreeMap<Long, Quality>> beside = new TreeMap<>();
        shadows.forEach((model, ofModel) -> beside.put(model, copy(ofModel)));
        return new Copy(counts, copy(days), beside);
    }

    private static TreeMap<Long, Quality> copy(TreeMap<Long, Quality> days) {
        TreeMap<Long, Quality> quality = new TreeMap<>();
        days.forEach((day, figures) -> {
            Quality same = new Quality();
            same.add(figures);
            quality.put(day, same);
        });
        return quality;
    }
}
