package io.dougong.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision that waits, or has waited, for a person.
 *
 * @param key what the decision was about
 * @param probability calibrated, of the first outcome; NaN if the model was not asked
 * @param leaning the outcome the model would have taken
 * @param needed how many different people have to say the same
 * @param outcome what it was settled as, or null
 * @param truth the outcome that turned out to be right, or null while unknown
 */
public record ReviewCase(
        String decisionId,
        String application,
        String decision,
        String key,
        double probability,
        String leaning,
        long askedMicros,
        long dueMicros,
        int needed,
        CaseState state,
        @Nullable String outcome,
        @Nullable String truth,
        List<Opinion> opinions) {

    public ReviewCase {
        opinions = List.copyOf(opinions);
    }

    public boolean overdue(long nowMicros) {
        return state.waits() && nowMicros > dueMicros;
    }
}
