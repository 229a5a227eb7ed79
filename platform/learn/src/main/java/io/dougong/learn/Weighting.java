package io.dougong.learn;

import org.jspecify.annotations.Nullable;

/**
 * How much the rows of the training slice count. Calibration and evaluation always count every labelled row once.
 *
 * @param reweigh makes group and label independent in training, or null
 * @param rejects lets applicants without a label take part, or null
 */
public record Weighting(
        @Nullable Reweighing reweigh, @Nullable RejectInference rejects) {

    /** Every labelled row counts once. */
    public static final Weighting NONE = new Weighting(null, null);

    /**
     * Each row weighs {@code P(group) · P(label) / P(group, label)}, so that in the weighted rows the label does not depend on the group
     * (Kamiran and Calders, <i>Data preprocessing techniques for classification without discrimination</i>, Knowledge and Information
     * Systems 33, 2012, 5.2). A row whose group is not known makes a group of its own.
     *
     * @param by field of the asking stream, no feature of the model
     * @param upTo numbers up to this make one group, those above the other; null for one group per value
     */
    public record Reweighing(String by, @Nullable Double upTo) {

        int group(float value) {
            if (Float.isNaN(value)) {
                return 0;
            }
            if (upTo == null) {
                return 1 + (int) value;
            }
            return value <= upTo ? 1 : 2;
        }
    }

    /**
     * Fuzzy augmentation: applicants asked while the training labels came in who never got one enter twice, as bad with the weight of the
     * probability that a first model gives them (times {@code factor}, at most 1), and as good with the rest.
     *
     * <p>This is an assumption, not knowledge: that refused applicants behave like accepted ones of equal features, or worse by the factor.
     * Nothing in the accepted ones' outcomes can confirm or deny it (Hand and Henley, <i>Can reject inference ever work?</i>, IMA Journal of
     * Mathematics Applied in Business and Industry 5, 1993; Banasik and Crook, <i>Reject inference, augmentation, and sample selection</i>,
     * European Journal of Operational Research 183, 2007).
     *
     * @param factor how much likelier than an accepted applicant of equal features a refused one is taken to go bad; 1 for equally
     */
    public record RejectInference(double factor) {}
}
