package io.dougong.flow.pipeline;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.kernel.Suggest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds what jobs need against the jobs there are. */
final class Needs {

    private Needs() {}

    static void check(Node.Entries root, List<Pipeline.Job> jobs, Faults faults) {
        Map<String, Pipeline.Job> named =
                jobs.stream().collect(Collectors.toMap(Pipeline.Job::name, Function.identity()));
        for (Pipeline.Job job : jobs) {
            String path = root.find(job.name()).map(Node::path).orElse(job.name()) + ".needs";
            List<Pipeline.Need> needs = job.needs().orElse(List.of());
            for (int i = 0; i < needs.size(); i++) {
                if (!named.containsKey(needs.get(i).job())) {
                    faults.atValue(
                            Node.item(path, i),
                            "There is no job '" + needs.get(i).job() + "'.",
                            Suggest.near(needs.get(i).job(), named.keySet()));
                }
            }
            circle(job, named)
                    .ifPresent(way -> faults.atKey(
                            path,
                            "These jobs wait for each other: " + String.join(" needs ", way) + ".",
                            "Take one of the needs away."));
        }
    }

    private static Optional<Set<String>> circle(Pipeline.Job start, Map<String, Pipeline.Job> jobs) {
        Set<String> way = new LinkedHashSet<>();
        return leadsBack(start.name(), start, jobs, way, new HashSet<>()) ? Optional.of(way) : Optional.empty();
    }

    private static boolean leadsBack(
            String goal, Pipeline.Job at, Map<String, Pipeline.Job> jobs, Set<String> way, Set<String> seen) {
        if (!seen.add(at.name())) {
            return false;
        }
        way.add(at.name());
        for (Pipeline.Need need : at.needs().orElse(List.of())) {
            Pipeline.Job next = jobs.get(need.job());
            if (need.job().equals(goal) || (next != null && leadsBack(goal, next, jobs, way, seen))) {
                return true;
            }
        }
        way.remove(at.name());
        return false;
    }
}
