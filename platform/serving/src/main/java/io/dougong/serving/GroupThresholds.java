package io.dougong.serving;

import java.util.Map;

/**
 * Thresholds of their own for members of some groups. Treating people differently by a protected attribute is unlawful in many places
 * even where it evens out results, so there is none without a written justification; it stands in the manifest, and so in the audit
 * chain, and each decision taken by it says so.
 *
 * @param by one of the decision's protected fields
 * @param from group to the probability from which its members get the first outcome; other groups keep the usual one
 * @param justification why, in words
 */
public record GroupThresholds(ProtectedField by, Map<String, Double> from, String justification) {

    public GroupThresholds {
        from = Map.copyOf(from);
    }
}
