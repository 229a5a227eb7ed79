package io.dougong.operate;

import java.util.Comparator;
import java.util.List;

/**
 * What is most likely behind an alarm: feeds and features by how much they changed.
 *
 * @param suspects the strongest first
 */
public record Diagnosis(List<Suspect> suspects) {

    /** Score of what was found by a check of its own, not by comparison. */
    static final double CERTAIN = 1e6;

    private static final int MOST = 5;
    private static final double LEAST = 3;

    public Diagnosis {
        suspects = List.copyOf(suspects);
    }

    /**
     * One candidate.
     *
     * @param stream that it came in by; empty for a feature of the model
     * @param group the part of the stream, e.g. {@code destination=ORD}; empty for all of it
     * @param field field of the stream, or feature
     * @param what {@code stuck}, {@code moved}, {@code changed}, or the check that found it
     * @param score how much it changed, in standard deviations of what is usual
     * @param sinceMicros event time of the first sign
     */
    public record Suspect(String stream, String group, String field, String what, double score, long sinceMicros) {}

    static Diagnosis of(List<Suspect> candidates) {
        return new Diagnosis(candidates.stream()
                .filter(suspect -> suspect.score() >= LEAST)
                .sorted(Comparator.comparingDouble(Suspect::score)
                        .reversed()
                        .thenComparing(Suspect::stream)
                        .thenComparing(Suspect::group)
                        .thenComparing(Suspect::field))
                .limit(MOST)
                .toList());
    }
}
