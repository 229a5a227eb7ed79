package io.dougong.flow.pipeline;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.YamlTree;
import io.dougong.flow.FlowProblem;
import io.dougong.kernel.Suggest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads pipeline files: {@code stages}, {@code variables}, {@code default}, {@code workflow: rules}, and jobs, each key checked. What
 * is not understood is a mistake; what GitLab knows but means nothing on this machine is a note.
 */
public final class PipelineFile {

    private static final YamlTree.Kind KIND = new YamlTree.Kind("pipeline", "Start with 'stages:'.");
    private static final int MOST_JOBS = 500;

    private final Faults faults = new Faults();
    private final List<String> notes = new ArrayList<>();

    private PipelineFile() {}

    /** @throws FlowProblem.Faulty with every mistake */
    public static Pipeline read(byte[] yaml) {
        PipelineFile reading = new PipelineFile();
        Pipeline pipeline = YamlTree.read(yaml, KIND, reading.faults)
                .map(reading::pipeline)
                .orElseThrow(() -> FlowProblem.faulty("pipeline", reading.faults.sorted()));
        if (!reading.faults.isEmpty()) {
            throw FlowProblem.faulty("pipeline", reading.faults.sorted());
        }
        return pipeline;
    }

    private Pipeline pipeline(Node document) {
        faults.locate(document);
        if (!(document instanceof Node.Entries root)) {
            faults.add(document.at(), "", "Expected a map of stages and jobs, found " + document.kind() + ".", "");
            return new Pipeline(List.of(), Map.of(), List.of(), List.of(), List.of());
        }
        Fields fields = new Fields(faults);
        List<String> stages = stages(root, fields);
        Map<String, String> variables = fields.variables(root);
        Node.Entries usual = usual(root);
        Templates templates = new Templates(root, faults);
        JobReader reader = new JobReader(faults, fields, stages, notes);
        Map<String, Pipeline.Job> jobs = new LinkedHashMap<>();
        root.entries().forEach((key, entry) -> {
            if (isJob(root, key, entry)) {
                Node.Entries job = templates.whole(Node.map(entry.node()));
                reader.read(key, job, usual).ifPresent(read -> jobs.put(key, read));
            }
        });
        checkJobs(root, jobs);
        List<Pipeline.Rule> rules = root.has("workflow") ? workflowRules(root.map("workflow"), fields) : List.of();
        return new Pipeline(stages, variables, rules, List.copyOf(jobs.values()), notes);
    }

    private void checkJobs(Node.Entries root, Map<String, Pipeline.Job> jobs) {
        if (jobs.isEmpty() && faults.isEmpty()) {
            faults.add(root.at(), "", "There is no job.", "A job is a map with a script, under a name of its own.");
        }
        if (jobs.size() > MOST_JOBS) {
            faults.add(root.at(), "", "There are " + jobs.size() + " jobs, more than " + MOST_JOBS + ".", "");
        }
        Needs.check(root, List.copyOf(jobs.values()), faults);
    }

    private List<Pipeline.Rule> workflowRules(Node.Entries workflow, Fields fields) {
        workflow.entries().forEach((key, entry) -> {
            if (!Set.of("rules", "name", "auto_cancel").contains(key)) {
                unknown(key, entry, Set.of("rules", "name"));
            }
        });
        return new RuleReader(faults, fields).rules(workflow, notes);
    }

    private List<String> stages(Node.Entries root, Fields fields) {
        if (!root.has("stages")) {
            return Keys.USUAL_STAGES;
        }
        List<String> written = fields.texts(root, "stages");
        List<String> stages = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            if (stages.contains(written.get(i))) {
                faults.atValue(Node.item("stages", i), "The stage '" + written.get(i) + "' stands here twice.", "");
            } else {
                stages.add(written.get(i));
            }
        }
        stages.remove(".pre");
        stages.remove(".post");
        stages.addFirst(".pre");
        stages.addLast(".post");
        return stages;
    }

    /** What {@code default} and its older forms at the top give to jobs that do not say it themselves. */
    private Node.Entries usual(Node.Entries root) {
        Map<String, Node.Entry> usual = new LinkedHashMap<>();
        root.entries().forEach((key, entry) -> {
            if (key.equals("before_script") || key.equals("after_script")) {
                usual.put(key, entry);
            } else if (Keys.UNUSED.containsKey(key)) {
                note(key, entry);
            }
        });
        if (root.has("default")) {
            root.map("default").entries().forEach((key, entry) -> {
                if (Keys.DEFAULT.contains(key)) {
                    usual.put(key, entry);
                } else if (Keys.UNUSED.containsKey(key)) {
                    note(key, entry);
                } else {
                    unknown(key, entry, Keys.DEFAULT);
                }
            });
        }
        if (root.has("include")) {
            faults.atKey("include", "'include' is not read here.", Keys.UNSUPPORTED.getOrDefault("include", ""));
        }
        return new Node.Entries(root.at(), "", usual);
    }

    private boolean isJob(Node.Entries root, String key, Node.Entry entry) {
        if (Keys.GLOBAL.contains(key) || key.startsWith(".")) {
            return false;
        }
        if (entry.node() instanceof Node.Entries job) {
            boolean nearGlobal = !job.has("script")
                    && !job.has("extends")
                    && !job.has("<<")
                    && Suggest.nearest(key, Keys.GLOBAL).isPresent();
            if (nearGlobal && !root.has(Suggest.nearest(key, Keys.GLOBAL).orElse(""))) {
                unknown(key, entry, Keys.GLOBAL);
                return false;
            }
            return true;
        }
        String advice = Suggest.nearest(key, Keys.GLOBAL)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("A job is a map with a script.");
        faults.add(entry.keyAt(), entry.node().path(), "Unknown key '" + key + "'.", advice);
        return false;
    }

    private void note(String key, Node.Entry entry) {
        notes.add(Fields.note(entry, key));
    }

    private void unknown(String key, Node.Entry entry, Set<String> known) {
        faults.add(entry.keyAt(), entry.node().path(), "Unknown key '" + key + "'.", Suggest.near(key, known));
    }
}
