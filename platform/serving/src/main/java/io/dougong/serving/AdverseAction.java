package io.dougong.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a person is told why an application was refused: "specific and indicating the principal reason(s)", as Regulation B (12 CFR
 * 1002.9(b)(2)) puts it.
 *
 * @param outcomes the refusals, at one end of the decision's bands
 * @param reference whom contributions are compared with
 * @param most principal reasons to give; the official interpretation of 9(b)(2) finds more than four not helpful
 * @param reasons every feature of the model stands in exactly one
 * @param creditor who writes the letter; null for a letter without a head
 * @param notice what the law of the place wants to be told besides; null for nothing
 */
public record AdverseAction(
        List<String> outcomes,
        Reference reference,
        int most,
        List<ReasonText> reasons,
        @Nullable Said creditor,
        @Nullable Said notice) {

    public static final int USUAL_MOST = 4;

    public AdverseAction {
        outcomes = List.copyOf(outcomes);
        reasons = List.copyOf(reasons);
    }

    /** The three populations; the first two are those of the official interpretation, 12 CFR 1002 supplement I, 9(b)(2)-5. */
    public enum Reference {
        /** Those at or slightly on the good side of the threshold. */
        NEAR_THRESHOLD,
        /** All applicants. */
        ALL,
        /** All who would have been approved. */
        APPROVED
    }

    /**
     * One principal reason: what is told if these features together push toward refusal.
     *
     * @param code stable, e.g. {@code INCOME}
     */
    public record ReasonText(String code, List<String> features, String english, String chinese) {

        public ReasonText {
            features = List.copyOf(features);
        }
    }

    /** A text in both languages. */
    public record Said(String english, String chinese) {

        /** The text in the language asked for. */
        public String in(boolean inChinese) {
            return inChinese ? chinese : english;
        }
    }
}
