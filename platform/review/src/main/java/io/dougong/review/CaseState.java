package io.dougong.review;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a case stands; a function of the opinions and the truth, in the order of the log. */
public enum CaseState {
    /** Nobody has said anything. */
    OPEN,
    /** One person has, and another must. */
    SECOND,
    /** People disagree: one more must say. */
    DISPUTED,
    SETTLED,
    /** The truth came before the people. */
    OVERTAKEN;

    public boolean waits() {
        return this == OPEN || this == SECOND || this == DISPUTED;
    }

    /** @param needed how many different people have to say the same */
    public static CaseState of(List<Opinion> opinions, int needed) {
        if (opinions.isEmpty()) {
            return OPEN;
        }
        if (settled(opinions, needed).isPresent()) {
            return SETTLED;
        }
        boolean agreed = opinions.stream().map(Opinion::outcome).distinct().count() == 1;
        return agreed ? SECOND : DISPUTED;
    }

    /** The outcome that enough people have named first; later opinions do not move it. */
    public static Optional<String> settled(List<Opinion> opinions, int needed) {
        Map<String, Integer> votes = new HashMap<>();
        return opinions.stream()
                .map(Opinion::outcome)
                .filter(outcome -> votes.merge(outcome, 1, Integer::sum) >= needed)
                .findFirst();
    }
}
