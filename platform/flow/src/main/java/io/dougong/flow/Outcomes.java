package io.dougong.flow;

import java.util.Map;

/** How steps end: what an attempt's outcome, an answer, a timer or the end of a node means for a step. */
final class Outcomes {

    private final RunState state;

    Outcomes(RunState state) {
        this.state = state;
    }

    void ended(StepRun run, RunEvent.Ended end) {
        run.startedMicros = end.startedMicros();
        run.cached = end.cached();
        state.deactivate(run);
        switch (end.outcome()) {
            case StepOutcome.Failed failed when run.skipAsked || run.cancelling -> cancelled(run, failed.message());
            case StepOutcome.Failed failed -> failed(run, failed);
            case StepOutcome.Done done -> take(run, done);
            case StepOutcome.Plan plan -> take(run, plan);
        }
    }

    private void cancelled(StepRun run, String message) {
        if (run.skipAsked) {
            state.skip(run, "skipped by hand", false);
        } else {
            state.finish(run, StepStatus.CANCELLED, message);
        }
    }

    void take(StepRun run, StepOutcome outcome) {
        run.outcome = outcome;
        switch (outcome) {
            case StepOutcome.Done done -> state.finish(run, done.outputs());
            case StepOutcome.Plan plan -> state.structures().plan(run, plan);
            case StepOutcome.Failed failed -> state.finish(run, StepStatus.FAILED, failed.message());
        }
    }

    private void failed(StepRun run, StepOutcome.Failed failed) {
        Retry policy = run.step() instanceof Step.Work work ? work.retries().of(failed.failure()) : Retry.NEVER;
        int failures = run.count(failed.failure());
        if (failures > policy.times() || state.stopping()) {
            run.outcome = failed;
            state.finish(run, StepStatus.FAILED, failed.message());
            return;
        }
        run.reason = failed.message();
        run.dueMicros = state.nowMicros() + policy.pauseMicros(failures, (state.id() + run.path()).hashCode());
        state.activate(run, StepStatus.RETRYING);
        state.command(new RunCommand.Wake(run.path(), run.attempt, run.dueMicros));
    }

    void answered(StepRun run, RunEvent.Answered answer) {
        String said = answer.comment().isEmpty() ? "" : ": " + answer.comment();
        if (answer.approved()) {
            run.reason = "approved by " + answer.by() + said;
            state.finish(run, Map.of("by", answer.by(), "comment", answer.comment()));
        } else {
            state.finish(run, StepStatus.FAILED, "refused by " + answer.by() + said);
        }
    }

    void woke(StepRun run) {
        if (run.status == StepStatus.WAITING) {
            state.finish(run, StepStatus.FAILED, "nothing came in time");
            return;
        }
        state.letGo(run);
    }

    void interrupted(StepRun run) {
        if (run.status != StepStatus.RUNNING || run.step() instanceof Step.Call) {
            return;
        }
        if (run.cancelling || run.skipAsked) {
            state.deactivate(run);
            cancelled(run, "its node stopped");
        } else if (++run.interruptions > RunState.MAX_INTERRUPTIONS) {
            state.finish(run, StepStatus.FAILED, "its node stopped " + run.interruptions + " times while it ran");
        } else {
            state.structures().execute(run);
        }
    }
}
