package io.dougong.flow.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline file says.
 *
 * @param stages in order, also those without jobs
 * @param rules whether the pipeline runs at all; empty for always
 * @param notes what the file says that has no meaning on this machine, e.g. {@code 7:3 train.image: …}
 */
public record Pipeline(
        List<String> stages, Map<String, String> variables, List<Rule> rules, List<Job> jobs, List<String> notes) {

    public Pipeline {
        stages = List.copyOf(stages);
        rules = List.copyOf(rules);
        jobs = List.copyOf(jobs);
        notes = List.copyOf(notes);
    }

    /**
     * One job.
     *
     * @param needs the jobs it waits for; absent: all of the stages before its own
     * @param rules the first that matches decides; empty for always
     * @param retries how many more attempts after the first
     */
    public record Job(
            String name,
            String stage,
            List<String> before,
            List<String> script,
            List<String> after,
            Map<String, String> variables,
            Artifacts artifacts,
            List<Rule> rules,
            Optional<List<Need>> needs,
            When when,
            boolean mayFail,
            int retries,
            Optional<Duration> timeout) {}

    /** @param optional whether the job may be missing from this run */
    public record Need(String job, boolean optional) {}

    /** @param when after which ends of the job they are kept */
    public record Artifacts(List<String> paths, List<String> exclude, When when) {

        static final Artifacts NONE = new Artifacts(List.of(), List.of(), When.ON_SUCCESS);
    }

    /**
     * One rule.
     *
     * @param condition as written; empty for none
     * @param exists patterns of files of which one must exist; empty for none
     * @param mayFail absent: as the job says
     */
    public record Rule(
            String condition,
            List<String> exists,
            When when,
            Map<String, String> variables,
            Optional<Boolean> mayFail) {}

    /** When a job runs. */
    public enum When {
        ON_SUCCESS,
        ON_FAILURE,
        ALWAYS,
        MANUAL,
        NEVER
    }
}
