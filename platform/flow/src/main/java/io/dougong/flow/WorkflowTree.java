package io.dougong.flow;

import io.dougong.documents.Durations;
import io.dougong.documents.Plain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workflow as the plain document that its reader reads again to an equal one. */
final class WorkflowTree {

    private WorkflowTree() {}

    static Map<String, Object> of(Workflow workflow) {
        return Plain.map(
                "workflow",
                workflow.name(),
                "description",
                workflow.description().isEmpty() ? null : workflow.description(),
                "parameters",
                workflow.parameters().isEmpty() ? null : parameters(workflow.parameters()),
                "strategy",
                workflow.strategy().equals(Workflow.Strategy.UNLIMITED) ? null : strategy(workflow.strategy()),
                "on_failure",
                word(workflow.onFailure()),
                "steps",
                steps(workflow.steps()));
    }

    private static Map<String, Object> parameters(Map<String, Parameter> parameters) {
        Map<String, Object> tree = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> tree.put(
                name,
                Plain.map(
                        "type",
                        word(parameter.type()),
                        "default",
                        parameter.fallback(),
                        "description",
                        parameter.description().isEmpty() ? null : parameter.description())));
        return tree;
    }

    private static Map<String, Object> strategy(Workflow.Strategy strategy) {
        return Plain.map("mode", word(strategy.mode()), "limit", strategy.limit() == 0 ? null : strategy.limit());
    }

    static Map<String, Object> steps(List<Step> steps) {
        Map<String, Object> tree = new LinkedHashMap<>();
        steps.forEach(step -> tree.put(step.id(), step(step)));
        return tree;
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> tree = body(step);
        Step.Head head = step.head();
        tree.putAll(Plain.map(
                "needs", head.needs().orElse(null),
                "when", head.when().isEmpty() ? null : head.when(),
                "on", head.on() == Step.On.SUCCESS ? null : word(head.on()),
                "may_fail", head.mayFail() ? true : null));
        return tree;
    }

    private static Map<String, Object> body(Step step) {
        return switch (step) {
            case Step.Work work -> work(work);
            case Step.Wait wait ->
                Plain.map("wait", wait.signal(), "keys", some(wait.keys()), "timeout", lapse(wait.timeout()));
            case Step.Approval approval ->
                Plain.map("approval", approval.question(), "timeout", lapse(approval.timeout()));
            case Step.Call call -> Plain.map("call", call.workflow(), "parameters", some(call.parameters()));
            case Step.Foreach each ->
                Plain.map(
                        "foreach",
                        each.in(),
                        "as",
                        each.as().isEmpty() ? null : each.as(),
                        "at_once",
                        each.parallel(),
                        "steps",
                        steps(each.steps()));
            case Step.While loop ->
                Plain.map("while", loop.condition(), "most", loop.most(), "steps", steps(loop.steps()));
            case Step.Branch branch ->
                Plain.map(
                        "branch", branch.arms().stream().map(WorkflowTree::arm).toList());
            case Step.Parallel group -> Plain.map("parallel", steps(group.steps()));
        };
    }

    private static Map<String, Object> arm(Step.Arm arm) {
        return Plain.map("when", arm.when().isEmpty() ? null : arm.when(), "steps", steps(arm.steps()));
    }

    private static Map<String, Object> work(Step.Work work) {
        return Plain.map(
                work.kind(),
                work.settings(),
                "retry",
                work.retries().equals(Retry.Policies.USUAL) ? null : retries(work.retries()),
                "timeout",
                lapse(work.timeout()),
                "cache",
                lapse(work.cached()),
                "undo",
                work.undo().map(undo -> Plain.map(undo.kind(), undo.settings())).orElse(null));
    }

    private static Map<String, Object> retries(Retry.Policies retries) {
        return Plain.map(
                "user", retry(retries.user()),
                "platform", retry(retries.platform()),
                "timeout", retry(retries.timeout()));
    }

    private static Map<String, Object> retry(Retry retry) {
        return Plain.map(
                "times", retry.times(),
                "backoff", Durations.text(retry.backoff()),
                "factor", Plain.number(retry.factor()),
                "longest", Durations.text(retry.longest()),
                "jitter", Plain.number(retry.jitter()));
    }

    private static @Nullable Object some(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    private static @Nullable Object lapse(java.util.Optional<java.time.Duration> lapse) {
        return lapse.map(Durations::text).orElse(null);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
