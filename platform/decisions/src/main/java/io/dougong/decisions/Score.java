package io.dougong.decisions;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a model said, in the shape of what it was asked for: one of two classes, one of several, or a number. */
public sealed interface Score {

    /** Raw output of the model that {@link Reason} contributions add up to. */
    double margin();

    /** Calibrated probability of the answer that a {@code true} label makes right; NaN for a number. */
    double probability();

    /**
     * Two classes.
     *
     * @param margin log-odds of the positive class
     * @param probability calibrated, of the positive class
     */
    record Binary(double margin, double probability) implements Score {}

    /**
     * Several classes.
     *
     * @param top the most probable one
     * @param margin of that one, before the softmax
     * @param classes class to calibrated probability; they sum to 1
     */
    record Classes(String top, double margin, Map<String, Double> classes) implements Score {

        public Classes {
            classes = Collections.unmodifiableMap(new TreeMap<>(classes));
        }

        /** Of the most probable class. */
        @Override
        public double probability() {
            return probability(top);
        }

        /** 0 for a class that the model does not know. */
        public double probability(String name) {
            return classes.getOrDefault(name, 0.0);
        }
    }

    /**
     * A number, and between which bounds the truth is expected.
     *
     * @param value as predicted
     * @param spread usual distance of the truth from a value like this one, in the unit of the value; above 0
     * @param low lower bound of the interval at the threshold in force; NaN if none is
     * @param high upper bound
     */
    record Amount(double value, double spread, double low, double high) implements Score {

        /** Without an interval yet. */
        public static Amount of(double value, double spread) {
            return new Amount(value, spread, Double.NaN, Double.NaN);
        }

        /** With the interval {@code value ± q · spread}; none if q is NaN. */
        public Amount within(double q) {
            return new Amount(value, spread, value - q * spread, value + q * spread);
        }

        @Override
        public double margin() {
            return value;
        }

        @Override
        public double probability() {
            return Double.NaN;
        }
    }
}
