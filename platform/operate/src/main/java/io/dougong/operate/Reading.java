package io.dougong.operate;

import java.util.List;
import java.util.Map;

/**
 * What one monitor says.
 *
 * @param id stable, e.g. {@code will-be-late/quality/auc} or {@code arrivals/stuck/destination=ORD/delay}
 * @param subject what is watched: a metric, a feature, or a group of a stream
 * @param statistic name of {@code value}
 * @param value of the newest window; NaN until there is one
 * @param threshold the value that is still usual; NaN if the rule is not about the value alone
 * @param evidence against "nothing has changed", summed over windows
 * @param limit of the evidence: from there on it is an alarm
 * @param sinceMicros event time since when the state holds
 * @param atMicros event time of the end of the newest window
 * @param figures further figures of the newest window
 * @param history bounded, oldest first
 */
public record Reading(
        String id,
        Kind kind,
        String subject,
        String statistic,
        double value,
        double threshold,
        double evidence,
        double limit,
        State state,
        long sinceMicros,
        long atMicros,
        Map<String, Double> figures,
        List<Point> history) {

    public Reading {
        figures = Map.copyOf(figures);
        history = List.copyOf(history);
    }

    /** What is watched. */
    public enum Kind {
        QUALITY,
        DRIFT,
        FEED,
        /** Says that the machine is too slow or too busy; no other version would heal that. */
        LATENCY;

        /** Those that a healing may answer. */
        public static List<Kind> healed() {
            return List.of(QUALITY, DRIFT, FEED);
        }
    }

    /** How it is. */
    public enum State {
        /** Not enough seen yet. */
        LEARNING,
        OK,
        ALARM
    }

    /** One window: its end and its value. */
    public record Point(long atMicros, double value) {}
}
