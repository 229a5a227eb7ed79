package io.dougong.operate;

import java.util.List;

/**
 * One step of healing.
 *
 * @param outcome what was decided
 * @param next the state from now on
 * @param actions in order
 * @param english why, in words
 * @param chinese the same in Simplified Chinese
 */
public record HealingStep(Outcome outcome, HealingState next, List<Action> actions, String english, String chinese) {

    public HealingStep {
        actions = List.copyOf(actions);
    }

    /** What can be decided. */
    public enum Outcome {
        RETRAIN,
        FALL_BACK,
        SHADOW,
        EXTEND,
        CANARY,
        ASK_A_PERSON,
        PROMOTE,
        ROLL_BACK,
        REJECT,
        SETTLE,
        KEEP,
        HELD,
        RESUMED,
        UNDONE
    }
}
