package io.dougong.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random workflows, driven by random outcomes, people and node failures: what holds for all of them. */
class RunStatePropertyTest {

    private static final int MOST_EVENTS = 5_000;

    private static final class World {

        private final Random random;
        private final Definition definition;
        private final List<RunEvent> events = new ArrayList<>();
        private final List<RunCommand> open = new ArrayList<>();
        private final Set<String> outcomes = new HashSet<>();
        private RunState state;
        private long now = 1;
        private int finishes;

        World(long seed) {
            random = new Random(seed);
            Workflow.OnFailure mode = Workflow.OnFailure.values()[random.nextInt(3)];
            definition = new Definition(
                    Workflow.of("random", steps(3, "s").toArray(Step[]::new)).with(mode));
            state = new RunState("run", definition);
        }

        private List<Step> steps(int depth, String prefix) {
            List<Step> steps = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                steps.add(step(depth, prefix + i, steps));
            }
            return steps;
        }

        private Step step(int depth, String id, List<Step> before) {
            Step.Head head = Step.Head.of(id);
            if (random.nextInt(3) == 0) {
                head = head.needs(before.stream()
                        .map(Step::id)
                        .filter(_ -> random.nextBoolean())
                        .toList());
            }
            head = switch (random.nextInt(8)) {
                case 0 -> head.on(Step.On.ALWAYS);
                case 1 -> head.on(Step.On.FAILURE);
                case 2 -> head.thatMayFail();
                case 3 -> head.when("params.yes");
                case 4 -> head.when("!params.yes");
                default -> head;
            };
            return body(depth, id).with(head);
        }

        private Step body(int depth, String id) {
            return switch (depth == 0 ? 0 : random.nextInt(9)) {
                case 1 ->
                    Step.foreach(
                            id,
                            "[1, 2, 3]",
                            1 + random.nextInt(3),
                            steps(depth - 1, id + "f").toArray(Step[]::new));
                case 2 ->
                    Step.repeat(
                            id, "iteration < 2", 5, steps(depth - 1, id + "w").toArray(Step[]::new));
                case 3 -> Step.parallel(id, steps(depth - 1, id + "p").toArray(Step[]::new));
                case 4 ->
                    Step.branch(
                            id,
                            new Step.Arm("!params.yes", steps(depth - 1, id + "a")),
                            new Step.Arm("", steps(depth - 1, id + "b")));
                case 5 -> Step.approval(id, "?");
                case 6 -> new Step.Wait(Step.Head.of(id), "go", Map.of(), Optional.of(Duration.ofMillis(5)));
                default -> {
                    Retry retry = Retry.times(random.nextInt(3), Duration.ofMillis(1));
                    Step.Work work = Step.work(id, "any", Map.of()).with(new Retry.Policies(retry, retry, retry));
                    yield random.nextInt(4) == 0 ? work.undoneBy("any", Map.of()) : work;
                }
            };
        }

        void happen(RunEvent event) {
            if (event instanceof RunEvent.Ended end) {
                assertThat(outcomes.add(end.path() + "#" + end.attempt()))
                        .as("one outcome of " + end.path() + " attempt " + end.attempt())
                        .isTrue();
            }
            events.add(event);
            for (RunCommand command : state.apply(event)) {
                switch (command) {
                    case RunCommand.Finish _ -> finishes++;
                    case RunCommand.Cancel(String path, boolean force) -> {
                        if (force) {
                            open.removeIf(one -> one instanceof RunCommand.Execute run
                                    && run.path().equals(path));
                        }
                    }
                    default -> open.add(command);
                }
            }
        }

        void run() {
            happen(new RunEvent.Accepted(
                    now, definition.digest(), Map.of("yes", random.nextBoolean()), "", Map.of(), List.of(), false));
            while (!state.status().ended()) {
                assertThat(events).hasSizeLessThan(MOST_EVENTS);
                now += random.nextInt(1000);
                step();
            }
        }

        private void step() {
            switch (random.nextInt(40)) {
                case 0 -> offer(new RunEvent.Controlled(now, RunEvent.Control.PAUSE, "", "me", ""));
                case 1 -> crash();
                case 2 -> skipSomething();
                case 3 -> {
                    if (random.nextInt(10) == 0) {
                        offer(new RunEvent.Controlled(
                                now,
                                random.nextBoolean() ? RunEvent.Control.STOP : RunEvent.Control.KILL,
                                "",
                                "me",
                                ""));
                    }
                }
                default -> {
                    if (open.isEmpty()) {
                        answerOrResume();
                    } else {
                        carryOut(open.remove(random.nextInt(open.size())));
                    }
                }
            }
        }

        private void answerOrResume() {
            List<StepRun> waiting = state.active().stream()
                    .filter(run -> run.step() instanceof Step.Approval)
                    .toList();
            if (!waiting.isEmpty()) {
                happen(new RunEvent.Answered(now, waiting.getFirst().path(), random.nextInt(3) > 0, "me", ""));
            } else {
                RunEvent resume = new RunEvent.Controlled(now, RunEvent.Control.RESUME, "", "me", "");
                assertThat(state.fits(resume))
                        .as("nothing to do, so somebody paused it: " + state.steps())
                        .isTrue();
                happen(resume);
            }
        }

        private void carryOut(RunCommand command) {
            switch (command) {
                case RunCommand.Execute execute -> {
                    StepRun run = state.find(execute.path()).orElseThrow();
                    assertNeedsEnded(run);
                    offer(new RunEvent.Ended(now, execute.path(), execute.attempt(), now, outcome(), false));
                }
                case RunCommand.Wake wake -> offer(new RunEvent.Woke(now, wake.path(), wake.attempt()));
                case RunCommand.Await await -> {
                    if (random.nextBoolean()) {
                        offer(new RunEvent.Signalled(now, await.path(), Map.of(), "me"));
                    }
                }
                default -> throw new AssertionError(command);
            }
        }

        private void assertNeedsEnded(StepRun run) {
            for (String need : run.scope().needs(run)) {
                assertThat(run.scope().find(need).orElseThrow().status.ended())
                        .as(run.path() + " runs, so " + need + " has ended")
                        .isTrue();
            }
        }

        private StepOutcome outcome() {
            return switch (random.nextInt(6)) {
                case 0 -> StepOutcome.failed(StepOutcome.Failure.USER, "no");
                case 1 -> StepOutcome.failed(StepOutcome.Failure.PLATFORM, "no");
                case 2 ->
                    random.nextInt(3) == 0 ? StepOutcome.plan(Step.work("p", "any", Map.of())) : StepOutcome.done();
                default -> StepOutcome.done(Map.of("n", now));
            };
        }

        private void offer(RunEvent event) {
            if (state.fits(event)) {
                happen(event);
                if (event instanceof RunEvent.Ended || event instanceof RunEvent.Signalled) {
                    assertThat(state.fits(event)).as("a second time: " + event).isFalse();
                }
            }
        }

        private void skipSomething() {
            List<StepRun> steps = state.steps();
            StepRun any = steps.get(random.nextInt(steps.size()));
            offer(new RunEvent.Controlled(now, RunEvent.Control.SKIP, any.path(), "me", ""));
        }

        /** The node is gone; another one folds the journal and goes on. */
        private void crash() {
            RunState again = new RunState("run", definition);
            events.forEach(event -> again.apply(EventCodec.read(EventCodec.write(event))));
            assertThat(picture(again)).isEqualTo(picture(state));
            state = again;
            open.clear();
            open.addAll(state.outstanding());
            if (state.wasWorking()) {
                happen(new RunEvent.Recovered(now, 2));
            }
        }

        static String picture(RunState state) {
            StringBuilder picture = new StringBuilder(state.status() + "\n");
            for (StepRun run : state.steps()) {
                picture.append(run.path() + " " + run.status + " " + run.attempt + " " + run.outputs() + " "
                        + run.dueMicros + " " + run.reason + "\n");
            }
            return picture.toString();
        }
    }

    @Property(tries = 400)
    void everyRunEndsOnceWithEachStepEndedAfterWhatItNeeds(@ForAll long seed) {
        World world = new World(seed);
        world.run();
        assertThat(world.finishes).isEqualTo(1);
        if (world.state.status() != RunStatus.KILLED) {
            assertThat(world.state.steps())
                    .allSatisfy(run -> assertThat(run.status.ended())
                            .as(run.path() + " " + run.status)
                            .isTrue());
            assertThat(world.state.active()).isEmpty();
        }
        assertThat(world.state.outstanding()).isEmpty();
    }

    @Property(tries = 200)
    void aRunSucceedsExactlyIfNothingThatMustNotFailFailed(@ForAll long seed) {
        World world = new World(seed);
        world.run();
        boolean failed = world.state.steps().stream()
                .filter(run -> run.scope().owner() == null && !run.path().endsWith(Compensation.SUFFIX))
                .anyMatch(run -> run.bad() && run.status != StepStatus.SKIPPED);
        switch (world.state.status()) {
            case SUCCEEDED -> assertThat(failed).isFalse();
            case FAILED ->
                assertThat(failed
                                || world.state.steps().stream()
                                        .anyMatch(run -> run.path().endsWith(Compensation.SUFFIX)))
                        .isTrue();
            default -> assertThat(world.state.reason()).isNotEmpty();
        }
    }

    @Property(tries = 100)
    void whatWasDoneIsUndoneOnceAndNothingElseIs(@ForAll long seed) {
        World world = new World(seed);
        world.run();
        List<String> undone = world.state.steps().stream()
                .map(StepRun::path)
                .filter(path -> path.endsWith(Compensation.SUFFIX))
                .map(Compensation::undone)
                .toList();
        if (!undone.isEmpty()) {
            List<StepRun> done = world.state.steps().stream()
                    .filter(run -> run.step() instanceof Step.Work work
                            && work.undo().isPresent()
                            && run.status == StepStatus.DONE)
                    .toList();
            assertThat(undone)
                    .containsExactlyInAnyOrderElementsOf(
                            done.stream().map(StepRun::path).toList());
        }
    }
}
