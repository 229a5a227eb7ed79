package io.dougong.flow.pipeline;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.kernel.Suggest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one job, which has everything it takes from others already. */
final class JobReader {

    private static final int MOST_RETRIES = 10;

    private final Faults faults;
    private final Fields fields;
    private final RuleReader rules;
    private final List<String> stages;
    private final List<String> notes;

    JobReader(Faults faults, Fields fields, List<String> stages, List<String> notes) {
        this.faults = faults;
        this.fields = fields;
        this.rules = new RuleReader(faults, fields);
        this.stages = stages;
        this.notes = notes;
    }

    /** The job; nothing if it is only a mistake. */
    Optional<Pipeline.Job> read(String name, Node.Entries job, Node.Entries usual) {
        Set<String> meant = checkKeys(job);
        if (!job.has("script") && !meant.contains("script")) {
            faults.atKey(job.path(), "The job '" + name + "' has no script.", "");
        }
        List<String> script = fields.texts(job, "script");
        if (job.has("script") && script.stream().allMatch(String::isBlank)) {
            faults.atValue(job.path() + ".script", "The script is empty.", "");
        }
        Pipeline.When when = rules.when(job).orElse(Pipeline.When.ON_SUCCESS);
        return Optional.of(new Pipeline.Job(
                name,
                stage(name, job),
                fields.texts(job.has("before_script") ? job : usual, "before_script"),
                script,
                fields.texts(job.has("after_script") ? job : usual, "after_script"),
                fields.variables(job),
                artifacts(job.has("artifacts") ? job : usual),
                job.has("only") ? rules.only(job) : rules.rules(job, notes),
                needs(job),
                when,
                fields.flag(job, "allow_failure").orElse(when == Pipeline.When.MANUAL),
                retries(job.has("retry") ? job : usual),
                fields.lapse(job.has("timeout") ? job : usual, "timeout")));
    }

    /** The keys that were probably meant by unknown ones. */
    private Set<String> checkKeys(Node.Entries job) {
        Set<String> meant = new HashSet<>();
        job.entries().forEach((key, entry) -> {
            if (Keys.UNSUPPORTED.containsKey(key)) {
                faults.add(
                        entry.keyAt(),
                        entry.node().path(),
                        "'" + key + "' is not read here.",
                        Keys.UNSUPPORTED.getOrDefault(key, ""));
                meant.add("script");
            } else if (Keys.UNUSED.containsKey(key)) {
                notes.add(Fields.note(entry, key));
            } else if (!Keys.JOB.contains(key)) {
                Suggest.nearest(key, Keys.JOB).ifPresent(meant::add);
                faults.add(
                        entry.keyAt(), entry.node().path(), "Unknown key '" + key + "'.", Suggest.near(key, Keys.JOB));
            }
        });
        return meant;
    }

    private String stage(String name, Node.Entries job) {
        if (job.has("stage")) {
            String stage = job.text("stage");
            if (!stages.contains(stage)) {
                faults.atValue(
                        job.path() + ".stage", "There is no stage '" + stage + "'.", Suggest.near(stage, stages));
            }
            return stage;
        }
        if (stages.contains(name)) {
            return name;
        }
        if (!stages.contains("test")) {
            faults.atKey(
                    job.path(),
                    "The job '" + name + "' says no stage, and there is no stage of its own name.",
                    Suggest.near(name, stages));
        }
        return "test";
    }

    private Pipeline.Artifacts artifacts(Node.Entries job) {
        if (!job.has("artifacts") || !(job.find("artifacts").get() instanceof Node.Entries map)) {
            job.find("artifacts")
                    .ifPresent(node -> faults.atValue(
                            node.path(),
                            "Expected a map, found " + node.kind() + ".",
                            "Write artifacts: { paths: [file] }."));
            return Pipeline.Artifacts.NONE;
        }
        map.entries().forEach((key, entry) -> {
            if (!Keys.ARTIFACTS.contains(key) && !Keys.ARTIFACTS_UNUSED.contains(key)) {
                faults.add(
                        entry.keyAt(),
                        entry.node().path(),
                        "Unknown key '" + key + "'.",
                        Suggest.near(key, Keys.ARTIFACTS));
            } else if (key.equals("reports") || key.equals("untracked")) {
                notes.add(entry.keyAt().line() + ":" + entry.keyAt().column() + " "
                        + entry.node().path() + " is not used here.");
            }
        });
        return new Pipeline.Artifacts(
                fields.texts(map, "paths"),
                fields.texts(map, "exclude"),
                rules.when(map).orElse(Pipeline.When.ON_SUCCESS));
    }

    private Optional<List<Pipeline.Need>> needs(Node.Entries job) {
        return job.find("needs").map(node -> {
            List<Pipeline.Need> needs = new ArrayList<>();
            for (Node need : job.items("needs")) {
                needs.add(need(need));
            }
            if (!(node instanceof Node.Items)) {
                faults.atValue(
                        node.path(),
                        "Expected a list of jobs, found " + node.kind() + ".",
                        "Write [" + Node.text(node) + "].");
            }
            return needs;
        });
    }

    private Pipeline.Need need(Node node) {
        if (!(node instanceof Node.Entries map)) {
            return new Pipeline.Need(Node.text(node), false);
        }
        map.entries().forEach((key, entry) -> {
            if (!Keys.NEED.contains(key)) {
                faults.add(
                        entry.keyAt(), entry.node().path(), "Unknown key '" + key + "'.", Suggest.near(key, Keys.NEED));
            }
        });
        return new Pipeline.Need(
                map.textIfAny("job").orElse(""), fields.flag(map, "optional").orElse(false));
    }

    private int retries(Node.Entries job) {
        return job.find("retry")
                .map(node -> {
                    Node count =
                            node instanceof Node.Entries map ? map.find("max").orElse(map) : node;
                    if (count instanceof Node.Value value
                            && value.value() instanceof Long times
                            && times >= 0
                            && times <= MOST_RETRIES) {
                        return times.intValue();
                    }
                    faults.atValue(
                            node.path(),
                            "Expected a whole number from 0 to " + MOST_RETRIES + ", found " + count.kind() + ".",
                            "");
                    return 0;
                })
                .orElse(0);
    }
}
