package io.dougong.flow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps that take back what was done, in reverse order, each whatever becomes of the others. */
final class Compensation {

    static final String SUFFIX = "~undo";

    private Compensation() {}

    static StepGraph graph(List<StepRun> done) {
        List<Step> steps = done.stream().flatMap(Compensation::step).toList();
        return StepGraph.of(steps, false);
    }

    private static Stream<Step> step(StepRun run) {
        if (!(run.step() instanceof Step.Work work) || work.undo().isEmpty()) {
            return Stream.empty();
        }
        Step.Undo undo = work.undo().get();
        Step.Head head = Step.Head.of(run.path() + SUFFIX).on(Step.On.ALWAYS);
        return Stream.of(new Step.Work(
                head,
                undo.kind(),
                undo.settings(),
                work.retries(),
                work.timeout(),
                Optional.empty(),
                Optional.empty()));
    }

    /** The path of the step that an undoing step takes back, or the path itself. */
    static String undone(String path) {
        return path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : path;
    }
}
