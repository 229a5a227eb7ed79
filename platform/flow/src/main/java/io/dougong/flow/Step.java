package io.dougong.flow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing to be done. Kinds of {@link Work} are brought by {@link StepKind}; everything else is structure that the engine itself
 * knows.
 */
public sealed interface Step {

    Head head();

    default String id() {
        return head().id();
    }

    /** The step with another head. */
    Step with(Head head);

    /** Something that runs outside of the engine: a task in Java, a script, a query, a call, a training … */
    record Work(
            Head head,
            String kind,
            Map<String, Object> settings,
            Retry.Policies retries,
            Optional<Duration> timeout,
            Optional<Duration> cached,
            Optional<Undo> undo)
            implements Step {

        public Work {
            settings = Values.plainMap(settings);
        }

        @Override
        public Work with(Head other) {
            return new Work(other, kind, settings, retries, timeout, cached, undo);
        }

        public Work with(Retry.Policies other) {
            return new Work(head, kind, settings, other, timeout, cached, undo);
        }

        /** Ends every attempt that takes longer. */
        public Work within(Duration longest) {
            return new Work(head, kind, settings, retries, Optional.of(longest), cached, undo);
        }

        /** Takes the outcome of an earlier run with the same settings, if it is not older. */
        public Work cachedFor(Duration age) {
            return new Work(head, kind, settings, retries, timeout, Optional.of(age), undo);
        }

        /** What takes back what the step did, if the run fails or is stopped after it. */
        public Work undoneBy(String undoKind, Map<String, Object> undoSettings) {
            return new Work(
                    head, kind, settings, retries, timeout, cached, Optional.of(new Undo(undoKind, undoSettings)));
        }
    }

    /** Compensation of a step that was done. */
    record Undo(String kind, Map<String, Object> settings) {

        public Undo {
            settings = Values.plainMap(settings);
        }
    }

    /** @param keys what a signal must carry to be the one waited for; the signal's payload becomes the outputs */
    record Wait(Head head, String signal, Map<String, Object> keys, Optional<Duration> timeout) implements Step {

        public Wait {
            keys = Values.plainMap(keys);
        }

        @Override
        public Wait with(Head other) {
            return new Wait(other, signal, keys, timeout);
        }
    }

    /** A person says yes or no; no fails the step. */
    record Approval(Head head, String question, Optional<Duration> timeout) implements Step {

        @Override
        public Approval with(Head other) {
            return new Approval(other, question, timeout);
        }
    }

    /** Another workflow, as a run of its own. */
    record Call(Head head, String workflow, Map<String, Object> parameters) implements Step {

        public Call {
            parameters = Values.plainMap(parameters);
        }

        @Override
        public Call with(Head other) {
            return new Call(other, workflow, parameters);
        }
    }

    /**
     * The steps once for each item, outputs in the items' order as {@code outputs.results}.
     *
     * @param in expression that gives a list
     * @param as what the item is called in expressions, beside {@code item}; empty for nothing
     * @param parallel how many at once, {@code at_once} in YAML
     */
    record Foreach(Head head, String in, String as, int parallel, List<Step> steps) implements Step {

        public Foreach {
            steps = List.copyOf(steps);
        }

        @Override
        public Foreach with(Head other) {
            return new Foreach(other, in, as, parallel, steps);
        }
    }

    /**
     * The steps again and again while the condition holds, which sees {@code iteration} (from 0) and {@code last}, the outputs of the
     * last step of the round before.
     *
     * @param most more rounds are an error
     */
    record While(Head head, String condition, int most, List<Step> steps) implements Step {

        public While {
            steps = List.copyOf(steps);
        }

        @Override
        public While with(Head other) {
            return new While(other, condition, most, steps);
        }
    }

    /** The first arm whose condition holds; none is no error. */
    record Branch(Head head, List<Arm> arms) implements Step {

        public Branch {
            arms = List.copyOf(arms);
        }

        @Override
        public Branch with(Head other) {
            return new Branch(other, arms);
        }
    }

    /** @param when expression; empty for otherwise */
    record Arm(String when, List<Step> steps) {

        public Arm {
            steps = List.copyOf(steps);
        }
    }

    /** Steps that begin together, unless they say what they need. */
    record Parallel(Head head, List<Step> steps) implements Step {

        public Parallel {
            steps = List.copyOf(steps);
        }

        @Override
        public Parallel with(Head other) {
            return new Parallel(other, steps);
        }
    }

    /**
     * What every step has.
     *
     * @param id unique among its siblings
     * @param needs the siblings that must have ended; absent: the one written before it
     * @param when expression that must hold, else the step is skipped; empty for always
     * @param on after which ends of what it needs it runs
     * @param mayFail whether the run goes on as if it had not failed
     */
    record Head(String id, Optional<List<String>> needs, String when, On on, boolean mayFail) {

        public Head {
            needs = needs.map(List::copyOf);
        }

        public static Head of(String id) {
            return new Head(id, Optional.empty(), "", On.SUCCESS, false);
        }

        public Head needs(String... ids) {
            return new Head(id, Optional.of(List.of(ids)), when, on, mayFail);
        }

        public Head needs(List<String> ids) {
            return new Head(id, Optional.of(ids), when, on, mayFail);
        }

        public Head when(String expression) {
            return new Head(id, needs, expression, on, mayFail);
        }

        public Head on(On ends) {
            return new Head(id, needs, when, ends, mayFail);
        }

        public Head thatMayFail() {
            return new Head(id, needs, when, on, true);
        }
    }

    /** After which ends of what it needs a step runs. */
    enum On {
        SUCCESS,
        FAILURE,
        ALWAYS
    }

    /** Work with the usual retries. */
    static Work work(String id, String kind, Map<String, Object> settings) {
        return new Work(
                Head.of(id),
                kind,
                settings,
                Retry.Policies.USUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A task in Java, see {@link StepKind#tasks}. */
    static Work task(String id, String name, Map<String, Object> input) {
        return work(id, "task", Map.of("name", name, "with", input));
    }

    static Wait waitFor(String id, String signal) {
        return new Wait(Head.of(id), signal, Map.of(), Optional.empty());
    }

    static Approval approval(String id, String question) {
        return new Approval(Head.of(id), question, Optional.empty());
    }

    static Call call(String id, String workflow, Map<String, Object> parameters) {
        return new Call(Head.of(id), workflow, parameters);
    }

    static Foreach foreach(String id, String in, int parallel, Step... steps) {
        return new Foreach(Head.of(id), in, "", parallel, List.of(steps));
    }

    static While repeat(String id, String condition, int most, Step... steps) {
        return new While(Head.of(id), condition, most, List.of(steps));
    }

    static Branch branch(String id, Arm... arms) {
        return new Branch(Head.of(id), List.of(arms));
    }

    static Parallel parallel(String id, Step... steps) {
        return new Parallel(Head.of(id), List.of(steps));
    }
}
