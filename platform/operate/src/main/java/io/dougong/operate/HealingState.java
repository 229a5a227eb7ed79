package io.dougong.operate;

import org.jspecify.annotations.Nullable;

/**
 * Where the healing of a model stands. Everything the rule remembers is here, so that a state and what is seen give the next state.
 *
 * @param purpose of the episode; what it was, while watching
 * @param held whether a person has stopped it
 * @param episode which alarm this is about, from 1
 * @param step within the episode, from 1
 * @param sinceMicros event time when the phase began
 * @param dueMicros event time when the phase is judged; {@link Long#MAX_VALUE} if it waits for something else
 * @param trigger the monitor that alarmed
 * @param cause what was found, e.g. {@code arrivals destination=ORD delay stuck}
 * @param extensions how often the phase was lengthened for want of labels
 * @param champion the version that answered when the episode began, then the promoted one
 * @param candidate under trial; null if none
 * @param predecessor of the champion; null if it was never replaced
 * @param learntMicros event time up to which the newest version made here has learnt; {@link Long#MIN_VALUE} if none was
 */
public record HealingState(
        Phase phase,
        Purpose purpose,
        boolean held,
        int episode,
        int step,
        long sinceMicros,
        long dueMicros,
        String trigger,
        String cause,
        int extensions,
        @Nullable Version champion,
        @Nullable Version candidate,
        @Nullable Version predecessor,
        long learntMicros) {

    public static final HealingState BEGINNING = new HealingState(
            Phase.WATCHING,
            Purpose.NONE,
            false,
            0,
            0,
            Long.MIN_VALUE,
            Long.MIN_VALUE,
            "",
            "",
            0,
            null,
            null,
            null,
            Long.MIN_VALUE);

    /** What is being done. */
    public enum Phase {
        WATCHING,
        TRAINING,
        SHADOW,
        CANARY,
        APPROVAL,
        PROBATION
    }

    /** What for. */
    public enum Purpose {
        NONE,
        RETRAIN,
        FALL_BACK
    }

    /** A registered version of the model. */
    public record Version(int version, String digest) {}

    /** The next phase of the same episode. */
    HealingState in(Phase next, long atMicros, long dueMicros, @Nullable Version underTrial) {
        return new HealingState(
                next,
                purpose,
                held,
                episode,
                step + 1,
                atMicros,
                dueMicros,
                trigger,
                cause,
                0,
                champion,
                underTrial,
                predecessor,
                learntMicros);
    }

    HealingState extended(long dueMicros) {
        return new HealingState(
                phase,
                purpose,
                held,
                episode,
                step + 1,
                sinceMicros,
                dueMicros,
                trigger,
                cause,
                extensions + 1,
                champion,
                candidate,
                predecessor,
                learntMicros);
    }

    HealingState holding(boolean hold) {
        return new HealingState(
                phase,
                purpose,
                hold,
                episode,
                step + 1,
                sinceMicros,
                dueMicros,
                trigger,
                cause,
                extensions,
                champion,
                candidate,
                predecessor,
                learntMicros);
    }

    HealingState answering(Version now, @Nullable Version before) {
        return new HealingState(
                phase,
                purpose,
                held,
                episode,
                step,
                sinceMicros,
                dueMicros,
                trigger,
                cause,
                extensions,
                now,
                candidate,
                before,
                learntMicros);
    }

    HealingState learnt(long untilMicros) {
        return new HealingState(
                phase,
                purpose,
                held,
                episode,
                step,
                sinceMicros,
                dueMicros,
                trigger,
                cause,
                extensions,
                champion,
                candidate,
                predecessor,
                untilMicros);
    }
}
