package io.dougong.flow;

/** What people may ask of a run, and what it does then. */
final class Controls {

    private Controls() {}

    static boolean fits(RunState state, RunEvent.Controlled control) {
        String path = control.path();
        return switch (control.control()) {
            case ADMIT -> state.status() == RunStatus.QUEUED;
            case PAUSE -> state.status() == RunStatus.RUNNING;
            case RESUME -> state.status() == RunStatus.PAUSED;
            case STOP -> state.stoppable();
            case KILL, HOLD -> true;
            case SKIP -> state.find(path).map(StepRun::canBeSkipped).orElse(false);
            case RELEASE -> state.is(path, StepStatus.HELD) || state.holds().contains(path);
        };
    }

    static void apply(RunState state, RunEvent.Controlled control) {
        switch (control.control()) {
            case ADMIT, RESUME -> state.status(RunStatus.RUNNING);
            case PAUSE -> state.status(RunStatus.PAUSED);
            case STOP -> state.stop(said("stopped", control));
            case KILL -> state.kill(said("killed", control));
            case SKIP -> skip(state, state.step(control.path()));
            case HOLD -> state.holds().add(control.path());
            case RELEASE -> release(state, control.path());
        }
    }

    private static String said(String what, RunEvent.Controlled control) {
        return what + " by " + control.by() + (control.reason().isEmpty() ? "" : ": " + control.reason());
    }

    private static void skip(RunState state, StepRun run) {
        run.skipAsked = true;
        switch (run.status) {
            case PENDING -> {}
            case RUNNING -> state.command(new RunCommand.Cancel(run.path(), false));
            default -> state.skip(run, "skipped by hand", false);
        }
    }

    private static void release(RunState state, String path) {
        boolean _ = state.holds().remove(path);
        if (state.is(path, StepStatus.HELD)) {
            state.letGo(state.step(path));
        }
    }
}
