package io.dougong.flow.pipeline;

import io.dougong.flow.Retry;
import io.dougong.flow.Step;
import io.dougong.flow.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a pipeline runs for given variables, and as which workflow: jobs whose rules do not match stay out, each with the reason; a
 * job without {@code needs} waits for all jobs of the stages before its own.
 */
public final class PipelinePlan {

    private final Pipeline pipeline;
    private final Map<String, String> variables;
    private final Set<String> manual;
    private final Path folder;
    private final Map<String, Chosen> chosen = new LinkedHashMap<>();
    private final String refusal;

    /**
     * A job that runs.
     *
     * @param id of its step
     * @param skipped why it does not run; empty if it does
     * @param blocks whether what comes after it waits for it too
     */
    public record Chosen(
            Pipeline.Job job,
            String id,
            Pipeline.When when,
            boolean mayFail,
            Map<String, String> variables,
            String skipped,
            boolean blocks) {

        public boolean runs() {
            return skipped.isEmpty();
        }
    }

    /**
     * @param given what the caller knows, e.g. {@code CI_COMMIT_BRANCH}; over what the file says
     * @param manual names of manual jobs that shall run
     * @param folder for rules that look for files
     */
    public PipelinePlan(Pipeline pipeline, Map<String, String> given, Set<String> manual, Path folder) {
        this.pipeline = pipeline;
        this.manual = manual;
        this.folder = folder;
        this.variables = new LinkedHashMap<>(pipeline.variables());
        this.variables.putAll(given);
        this.refusal = refusal();
        Set<String> taken = new java.util.HashSet<>();
        for (Pipeline.Job job : byStage()) {
            chosen.put(job.name(), choose(job, id(job.name(), taken)));
        }
        boolean more = true;
        while (more) {
            more = leaveOutWhatCannotRun();
        }
    }

    /** Jobs that need one which does not run, or come after one that a person has not let go; true if there were any. */
    private boolean leaveOutWhatCannotRun() {
        Map<String, Chosen> left = new LinkedHashMap<>();
        for (Chosen one : chosen.values()) {
            if (one.runs()) {
                missing(one.job())
                        .ifPresent(why -> left.put(one.job().name(), skipped(one.job(), one.id(), why, false)));
            }
        }
        chosen.putAll(left);
        return !left.isEmpty();
    }

    private Optional<String> missing(Pipeline.Job job) {
        if (job.needs().isPresent()) {
            return job.needs().get().stream()
                    .filter(need -> !need.optional())
                    .map(Pipeline.Need::job)
                    .filter(need ->
                            !java.util.Objects.requireNonNull(chosen.get(need)).runs())
                    .findFirst()
                    .map(need -> "needs " + need + ", which does not run");
        }
        return before(job)
                .filter(Chosen::blocks)
                .findFirst()
                .map(other -> "comes after " + other.job().name() + ", which waits for a person");
    }

    private List<Pipeline.Job> byStage() {
        return pipeline.stages().stream()
                .flatMap(stage ->
                        pipeline.jobs().stream().filter(job -> job.stage().equals(stage)))
                .toList();
    }

    private String refusal() {
        if (pipeline.rules().isEmpty()) {
            return "";
        }
        Optional<Pipeline.Rule> match = matching(pipeline.rules(), variables);
        match.ifPresent(rule -> variables.putAll(rule.variables()));
        return match.isEmpty() || match.get().when() == Pipeline.When.NEVER
                ? "no rule of 'workflow' lets it run: " + described(pipeline.rules(), variables)
                : "";
    }

    /** Why nothing runs at all; empty if something does. */
    public String whyNothing() {
        return refusal;
    }

    /** The jobs in the order of their stages. */
    public List<Chosen> jobs() {
        return List.copyOf(chosen.values());
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    private Chosen choose(Pipeline.Job job, String id) {
        Map<String, String> own = new LinkedHashMap<>(variables);
        own.putAll(job.variables());
        own.put("CI_JOB_NAME", job.name());
        own.put("CI_JOB_STAGE", job.stage());
        Optional<Pipeline.Rule> rule = matching(job.rules(), own);
        if (!job.rules().isEmpty() && rule.isEmpty()) {
            return skipped(job, id, "no rule matches: " + described(job.rules(), own), false);
        }
        rule.ifPresent(match -> own.putAll(match.variables()));
        Pipeline.When when = rule.map(Pipeline.Rule::when)
                .filter(said -> said != Pipeline.When.ON_SUCCESS)
                .orElse(job.when());
        boolean mayFail = rule.flatMap(Pipeline.Rule::mayFail).orElse(job.mayFail());
        if (when == Pipeline.When.NEVER) {
            String why = rule.map(match -> match.condition().isEmpty()
                            ? "a rule says never"
                            : "a rule says never: " + match.condition())
                    .orElse("it says never");
            return skipped(job, id, why, false);
        }
        if (when == Pipeline.When.MANUAL && !manual.contains(job.name())) {
            return skipped(job, id, "waits for a person: run it with --manual '" + job.name() + "'", !mayFail);
        }
        return new Chosen(job, id, when, mayFail, Expansion.of(own), "", false);
    }

    private static Chosen skipped(Pipeline.Job job, String id, String why, boolean blocks) {
        return new Chosen(job, id, Pipeline.When.NEVER, false, Map.of(), why, blocks);
    }

    private Optional<Pipeline.Rule> matching(List<Pipeline.Rule> rules, Map<String, String> known) {
        return rules.stream().filter(rule -> matches(rule, Expansion.of(known))).findFirst();
    }

    private boolean matches(Pipeline.Rule rule, Map<String, String> known) {
        boolean holds =
                rule.condition().isEmpty() || Condition.parse(rule.condition()).holds(known);
        return holds && (rule.exists().isEmpty() || rule.exists().stream().anyMatch(this::exists));
    }

    private boolean exists(String pattern) {
        return Files.exists(folder.resolve(pattern))
                || !Globs.find(folder, List.of(pattern), List.of()).isEmpty();
    }

    /** The conditions that did not hold, with the values of their variables. */
    private static String described(List<Pipeline.Rule> rules, Map<String, String> known) {
        List<String> conditions = rules.stream()
                .map(rule -> rule.condition().isEmpty() ? "exists " + rule.exists() : rule.condition())
                .toList();
        List<String> values = rules.stream()
                .flatMap(rule -> Condition.variables(rule.condition()).stream())
                .distinct()
                .map(name ->
                        "$" + name + " is " + (known.containsKey(name) ? "\"" + known.get(name) + "\"" : "not set"))
                .toList();
        return String.join("; ", conditions) + (values.isEmpty() ? "" : " (" + String.join(", ", values) + ")");
    }

    /** The workflow of the jobs that run; none if none does. */
    public Optional<Workflow> workflow() {
        List<Step> steps =
                chosen.values().stream().filter(Chosen::runs).map(this::step).toList();
        return steps.isEmpty() || !refusal.isEmpty()
                ? Optional.empty()
                : Optional.of(new Workflow(
                        "pipeline", "", Map.of(), Workflow.Strategy.UNLIMITED, Workflow.OnFailure.CONTINUE, steps));
    }

    private Step step(Chosen one) {
        Pipeline.Job job = one.job();
        Step.On on = switch (one.when()) {
            case ON_FAILURE -> Step.On.FAILURE;
            case ALWAYS -> Step.On.ALWAYS;
            default -> Step.On.SUCCESS;
        };
        Step.Head head = Step.Head.of(one.id()).needs(needs(one)).on(on);
        Retry retry = Retry.times(job.retries(), Duration.ofMillis(100));
        return new Step.Work(
                one.mayFail() ? head.thatMayFail() : head,
                JobKind.NAME,
                Map.of("job", job.name()),
                new Retry.Policies(retry, retry, retry),
                job.timeout(),
                Optional.empty(),
                Optional.empty());
    }

    private List<String> needs(Chosen one) {
        return before(one.job()).filter(Chosen::runs).map(Chosen::id).toList();
    }

    /** The jobs that one waits for, also those that do not run. */
    Stream<Chosen> before(Pipeline.Job job) {
        if (job.needs().isPresent()) {
            return job.needs().get().stream().map(need -> java.util.Objects.requireNonNull(chosen.get(need.job())));
        }
        int stage = pipeline.stages().indexOf(job.stage());
        return chosen.values().stream()
                .filter(other -> pipeline.stages().indexOf(other.job().stage()) < stage);
    }

    private static String id(String name, Set<String> taken) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[^a-z]+", "");
        String cut = plain.isEmpty() ? "job" : plain.substring(0, Math.min(plain.length(), 50));
        String id = cut;
        for (int i = 2; !taken.add(id); i++) {
            id = cut + "-" + i;
        }
        return id;
    }

    /** Variables of a condition that nobody sets, with the near name: most likely typing mistakes. */
    public List<String> doubts() {
        Map<String, String> doubts = new HashMap<>();
        for (Pipeline.Job job : pipeline.jobs()) {
            List<String> known = new ArrayList<>(variables.keySet());
            known.addAll(job.variables().keySet());
            known.addAll(Keys.PREDEFINED);
            job.rules().stream()
                    .flatMap(rule -> Condition.variables(rule.condition()).stream())
                    .filter(name -> !known.contains(name))
                    .forEach(name -> io.dougong.kernel.Suggest.nearest(name, known)
                            .ifPresent(near -> doubts.put(
                                    name, job.name() + ": nothing sets $" + name + ". Did you mean $" + near + "?")));
        }
        return doubts.values().stream().sorted().toList();
    }
}
