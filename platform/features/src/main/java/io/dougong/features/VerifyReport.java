package io.dougong.features;

import java.util.List;

/**
 * What a verification found.
 *
 * @param checked records whose values were computed again
 * @param mismatched of these, records with at least one value of other bits
 * @param skipped records not checked because their offsets lie too far behind those of records before them
 * @param examples the first differing values
 */
public record VerifyReport(long checked, long mismatched, long skipped, List<Mismatch> examples) {

    public VerifyReport {
        examples = List.copyOf(examples);
    }

    public boolean isClean() {
        return mismatched == 0 && skipped == 0;
    }

    /**
     * @param id of the record
     * @param expected as recorded
     * @param got as computed again
     */
    public record Mismatch(String id, String feature, double expected, double got) {}
}
