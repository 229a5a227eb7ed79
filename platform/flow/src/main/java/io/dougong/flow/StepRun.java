package io.dougong.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of one run, as far as it has come. Changed by {@link RunState} alone. */
final class StepRun {

    private final Step step;
    private final String path;
    private final Scope scope;
    private final int place;
    private int unmet;
    private int badNeeds;

    StepStatus status = StepStatus.PENDING;
    int attempt;
    int interruptions;
    int userFailures;
    int platformFailures;
    int timeouts;
    long startedMicros;
    long endedMicros;
    long dueMicros;
    String reason = "";
    boolean blocked;
    boolean skipAsked;
    boolean cancelling;
    boolean released;
    boolean cached;

    @Nullable
    StepOutcome outcome;

    @Nullable
    Rounds rounds;

    private Map<String, Object> outputs = Map.of();

    StepRun(Step step, String path, Scope scope, int place, int unmet) {
        this.step = step;
        this.path = path;
        this.scope = scope;
        this.place = place;
        this.unmet = unmet;
    }

    /** The rounds of a loop. */
    static final class Rounds {
        final List<Object> items;
        final List<@Nullable Object> results = new ArrayList<>();
        int opened;
        int running;
        boolean failed;
        Map<String, Object> last = Map.of();

        Rounds(List<Object> items) {
            this.items = items;
        }
    }

    Step step() {
        return step;
    }

    String path() {
        return path;
    }

    Scope scope() {
        return scope;
    }

    int place() {
        return place;
    }

    boolean free() {
        return unmet == 0;
    }

    boolean hasBadNeed() {
        return badNeeds > 0;
    }

    /** Counts the end of something it needs; true if it was the last. */
    boolean meet(boolean bad) {
        badNeeds += bad ? 1 : 0;
        return --unmet == 0;
    }

    Map<String, Object> outputs() {
        return outputs;
    }

    void outputs(Map<String, Object> given) {
        outputs = given;
    }

    /** Whether this attempt's outcome is still to come. */
    boolean awaits(int ofAttempt) {
        return attempt == ofAttempt && outcome == null;
    }

    /** Not once it has ended, and not while steps within it run: these can be skipped themselves. */
    boolean canBeSkipped() {
        boolean structure = outcome != null || !(step instanceof Step.Work || step instanceof Step.Call);
        return !status.ended() && !(status == StepStatus.RUNNING && structure);
    }

    /** Counts a failure; how many of its kind there were. */
    int count(StepOutcome.Failure failure) {
        return switch (failure) {
            case USER -> ++userFailures;
            case PLATFORM -> ++platformFailures;
            case TIMEOUT -> ++timeouts;
            case CANCELLED -> 1;
        };
    }

    /** Whether what needs it must not take it for a success. */
    boolean bad() {
        return switch (status) {
            case FAILED -> !step.head().mayFail();
            case CANCELLED -> true;
            case SKIPPED -> blocked;
            default -> false;
        };
    }
}
