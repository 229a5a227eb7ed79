package io.dougong.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Turns the margin of a binary classifier into a probability that means what it says. Never falls as the margin rises. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Calibrator.Identity.class, name = "identity"),
    @JsonSubTypes.Type(value = Calibrator.Platt.class, name = "platt"),
    @JsonSubTypes.Type(value = Calibrator.Isotonic.class, name = "isotonic")
})
public sealed interface Calibrator {

    double probability(double margin);

    /** The logistic function of the margin, nothing fitted. */
    record Identity() implements Calibrator {
        @Override
        public double probability(double margin) {
            return sigmoid(margin);
        }
    }

    /**
     * Logistic function of a line (Platt 1999).
     *
     * @param slope at least 0
     */
    record Platt(double slope, double intercept) implements Calibrator {
        @Override
        public double probability(double margin) {
            return sigmoid(slope * margin + intercept);
        }

        /** Fits on rows the model was not trained on. */
        public static Platt fit(double[] margins, boolean[] labels) {
            return PlattFit.fit(margins, labels);
        }
    }

    /**
     * A rising, piecewise linear curve through the blocks of pooled adjacent violators (Zadrozny and Elkan 2002); constant
     * outside.
     *
     * @param margins knots, rising
     * @param probabilities at the knots, never falling
     */
    record Isotonic(List<Double> margins, List<Double> probabilities) implements Calibrator {
        public Isotonic {
            margins = List.copyOf(margins);
            probabilities = List.copyOf(probabilities);
            IsotonicFit.check(margins, probabilities);
        }

        @Override
        public double probability(double margin) {
            return IsotonicFit.interpolate(margins, probabilities, margin);
        }

        /** Fits on rows the model was not trained on. */
        public static Isotonic fit(double[] margins, boolean[] labels) {
            return IsotonicFit.fit(margins, labels);
        }
    }

    /** 1 / (1 + e^-x), with the bits of StrictMath. */
    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + StrictMath.exp(-x));
        }
        double e = StrictMath.exp(x);
        return e / (1 + e);
    }
}
