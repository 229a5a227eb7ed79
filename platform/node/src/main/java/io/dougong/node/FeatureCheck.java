package io.dougong.node;

import java.util.List;

/**
 * Recorded feature values held against their recomputation from the lake.
 *
 * @param decisions whose values were recomputed
 * @param skipped decisions made with feature definitions that are no longer in force
 * @param values compared, bit for bit
 * @param mismatches values that differ
 * @param examples the first of them
 */
public record FeatureCheck(long decisions, long skipped, long values, long mismatches, List<Mismatch> examples) {

    public record Mismatch(String decisionId, String feature, String recorded, String recomputed) {}

    public FeatureCheck {
        examples = List.copyOf(examples);
    }
}
