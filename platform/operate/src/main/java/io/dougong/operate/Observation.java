package io.dougong.operate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something the healing of a model is told.
 *
 * @param atMicros event time
 * @param figures that the rule looks at, and that stand in the record as feature values
 * @param facts names and texts
 */
public record Observation(Kind kind, long atMicros, Map<String, Double> figures, Map<String, String> facts) {

    public Observation {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** What it is. */
    public enum Kind {
        /** A monitor alarms. Facts: monitor, kind, cause, champion, and a fall-back if there is one that does not read the feed. */
        ALARM,
        /** A candidate is trained. Facts: candidate; figures: passed. */
        TRAINED,
        /** No candidate came of the training. Facts: why. */
        TRAINING_FAILED,
        /** The phase is over. Figures: of the trial. */
        TRIAL,
        HOLD,
        RESUME,
        APPROVE,
        UNDO
    }

    double figure(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}
