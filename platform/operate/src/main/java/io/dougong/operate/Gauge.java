package io.dougong.operate;

import io.dougong.operate.Reading.Kind;
import io.dougong.operate.Reading.Point;
import io.dougong.operate.Reading.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One monitor's figure over time, and whether it alarms. Bounded. */
final class Gauge {

    private static final int MOST_POINTS = 200;

    /** Everything that must survive. */
    record Kept(
            double value,
            double threshold,
            double evidence,
            double limit,
            State state,
            long sinceMicros,
            long atMicros,
            Map<String, Double> figures,
            List<Point> history) {}

    private final String id;
    private final Kind kind;
    private final String subject;
    private final String statistic;
    private Kept kept = new Kept(
            Double.NaN, Double.NaN, 0, Double.NaN, State.LEARNING, Long.MIN_VALUE, Long.MIN_VALUE, Map.of(), List.of());

    Gauge(String id, Kind kind, String subject, String statistic) {
        this.id = id;
        this.kind = kind;
        this.subject = subject;
        this.statistic = statistic;
    }

    double evidence() {
        return kept.evidence();
    }

    boolean alarms() {
        return kept.state() == State.ALARM;
    }

    /** Begins anew, with the history. */
    void forget() {
        kept = new Kept(
                kept.value(),
                kept.threshold(),
                0,
                kept.limit(),
                State.LEARNING,
                kept.atMicros(),
                kept.atMicros(),
                kept.figures(),
                kept.history());
    }

    /** @param figures of the newest window */
    void show(
            long atMicros,
            double value,
            double threshold,
            double evidence,
            double limit,
            boolean alarm,
            Map<String, Double> figures) {
        State state = alarm ? State.ALARM : State.OK;
        List<Point> history = new ArrayList<>(kept.history());
        history.add(new Point(atMicros, value));
        if (history.size() > MOST_POINTS) {
            history.removeFirst();
        }
        kept = new Kept(
                value,
                threshold,
                evidence,
                limit,
                state,
                state == kept.state() ? kept.sinceMicros() : atMicros,
                atMicros,
                figures,
                history);
    }

    /** Changes the state between windows. */
    void mark(long atMicros, boolean alarm) {
        State state = alarm ? State.ALARM : State.OK;
        if (state != kept.state()) {
            kept = new Kept(
                    kept.value(),
                    kept.threshold(),
                    kept.evidence(),
                    kept.limit(),
                    state,
                    atMicros,
                    kept.atMicros(),
                    kept.figures(),
                    kept.history());
        }
    }

    Kept kept() {
        return kept;
    }

    void restore(Kept before) {
        kept = before;
    }

    Reading reading() {
        return new Reading(
                id,
                kind,
                subject,
                statistic,
                kept.value(),
                kept.threshold(),
                kept.evidence(),
                kept.limit(),
                kept.state(),
                kept.sinceMicros(),
                kept.atMicros(),
                kept.figures(),
                kept.history());
    }
}
