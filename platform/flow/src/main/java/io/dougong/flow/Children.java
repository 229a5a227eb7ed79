package io.dougong.flow;

import io.dougong.kernel.Problem;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that steps call: started once for each call, their end told to the step, also after a restart of the node. */
final class Children implements Engine.Starter {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    private final Flows flows;

    Children(Flows flows) {
        this.flows = flows;
    }

    @Override
    public void call(LiveRun parent, RunCommand.Call call) {
        flows.engine().later(() -> {
            String key = "call " + parent.id() + "/" + call.path() + "#" + call.attempt();
            try {
                Start start = new Start(call.parameters(), key, "call of " + parent.id(), java.util.List.of());
                String child =
                        flows.start(flows.definition(call.workflow()), start, Map.of(), parent.id(), call.path());
                if (parent.look(state -> isOver(state, call.path()))) {
                    cancel(parent.id(), call.path(), false);
                }
                if (flows.engine().live(child).isEmpty()) {
                    flows.engine().journal().run(child).ifPresent(this::ended);
                }
            } catch (Problem refused) {
                tell(parent, call.path(), StepOutcome.failed(StepOutcome.Failure.USER, refused.explained()));
            }
        });
    }

    private static boolean isOver(RunState state, String path) {
        return state.status().ended()
                || state.find(path)
                        .map(step -> step.cancelling || step.skipAsked || step.status.ended())
                        .orElse(true);
    }

    @Override
    public void cancel(String parent, String path, boolean force) {
        RunEvent.Control control = force ? RunEvent.Control.KILL : RunEvent.Control.STOP;
        for (LiveRun child : flows.engine().live()) {
            Run row = child.row();
            if (row.parent().equals(parent) && row.parentPath().equals(path)) {
                var _ = child.offer(new RunEvent.Controlled(
                        flows.engine().nowMicros(), control, "", "run " + parent, "its caller ended"));
            }
        }
    }

    @Override
    public void ended(Run run) {
        if (!run.parent().isEmpty()) {
            flows.engine()
                    .live(run.parent())
                    .ifPresent(parent -> flows.engine().later(() -> tell(parent, run.parentPath(), outcome(run))));
        }
        flows.admission().ended(run);
    }

    private StepOutcome outcome(Run child) {
        if (child.status() != RunStatus.SUCCEEDED) {
            return StepOutcome.failed(
                    StepOutcome.Failure.USER, "the run " + child.id() + " of " + child.workflow() + " " + word(child));
        }
        return StepOutcome.done(Map.of("run", child.id()));
    }

    private static String word(Run child) {
        return switch (child.status()) {
            case STOPPED -> "was stopped";
            case KILLED -> "was killed";
            default -> "failed";
        };
    }

    private void tell(LiveRun parent, String path, StepOutcome outcome) {
        int attempt =
                parent.look(state -> state.find(path).map(step -> step.attempt).orElse(0));
        long now = flows.engine().nowMicros();
        long started = parent.look(
                state -> state.find(path).map(step -> step.startedMicros).orElse(now));
        parent.offer(new RunEvent.Ended(now, path, attempt, started, outcome, false))
                .exceptionally(failed -> {
                    LOG.warn("the end of {} could not be recorded yet", path, failed);
                    return false;
                });
    }
}
