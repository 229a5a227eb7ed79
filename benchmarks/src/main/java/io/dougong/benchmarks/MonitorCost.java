package io.dougong.benchmarks;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Row;
import io.dougong.kernel.RowReader;
import io.dougong.kernel.StreamPartition;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import io.dougong.node.ModelRole;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.dougong.operate.FeedShape;
import io.dougong.operate.Reference;
import io.dougong.operate.Watch;
import io.dougong.serving.DecisionDefinition;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the monitors cost the path of a decision: they are told once more of everything that a stopped home has recorded, its events, its
 * decisions and their labels, on one thread. Prints the thread's processor time per decision, beside the median that the records say a
 * decision took. Arguments: a home on which the demo was run, e.g. {@code target/demo}, and how often.
 */
public final class MonitorCost {

    private static final int CHUNK = 5_000;
    private static final int MOST = 60_000;
    private static final int ROUNDS = 6;

    private final Node node;
    private final Application application;
    private final DecisionDefinition decision;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Feedback> labels = new ArrayList<>();
    private final Map<String, List<Told>> events = new HashMap<>();

    private record Told(long micros, Row row) {}

    private MonitorCost(Node node) {
        this.node = node;
        this.application = node.applications().getFirst();
        this.decision = application.decisions().getFirst();
    }

    public static void main(String[] arguments) {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        try (Node node = Node.open(NodeSettings.at(Path.of(arguments[0]).toAbsolutePath()))) {
            MonitorCost cost = new MonitorCost(node);
            cost.read();
            for (int round = 0; round < rounds; round++) {
                cost.round();
            }
        }
    }

    private void read() {
        StreamPartition partition = node.decisionLog().partitions().getFirst();
        long end = node.decisionCount();
        for (long offset = Math.max(0, end - MOST); offset < end; offset += CHUNK) {
            node.decisionLog().read(partition, offset, CHUNK).stream()
                    .map(DecisionLog.Entry::decision)
                    .filter(one -> one.name().equals(decision.name()))
                    .forEach(decisions::add);
        }
        for (long offset = 0; labels.size() < decisions.size(); offset += CHUNK) {
            List<Feedback> more = node.feedback(0, offset, CHUNK);
            if (more.isEmpty()) {
                break;
            }
            labels.addAll(more);
        }
        application.streams().forEach(stream -> events.put(stream.name(), newest(stream)));
    }

    /** As many events of a stream as there are decisions. */
    private List<Told> newest(ApplicationStream stream) {
        RowReader reader = new RowReader(stream.definition().schema());
        List<Told> told = new ArrayList<>();
        long end = node.stream(application.name(), stream.name())
                .partitions()
                .getFirst()
                .endOffset();
        for (long offset = Math.max(0, end - decisions.size()); offset < end; offset += CHUNK) {
            node.read(application.name(), stream.name(), 0, offset, CHUNK)
                    .forEach(stored -> told.add(new Told(
                            stored.event().timeMicros(),
                            reader.read(stored.event().data()))));
        }
        return told;
    }

    private void round() {
        Watch watch = new Watch(application.monitors(), shapes(), null, _ -> null);
        watch.champion(decision.name(), "measured", reference());
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < decisions.size(); i++) {
            for (Map.Entry<String, List<Told>> stream : events.entrySet()) {
                if (i < stream.getValue().size()) {
                    Told event = stream.getValue().get(i);
                    watch.event(stream.getKey(), event.micros(), event.row());
                }
            }
            watch.decided(decisions.get(i));
            if (i < labels.size()) {
                Feedback label = labels.get(i);
                long asked = decisions.get(i).question().askedMicros();
                watch.labelled(
                        decision.name(),
                        asked,
                        new Score.Binary(0, label.probability()),
                        new Truth.Flag(label.label()),
                        true,
                        false);
            }
        }
        report((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3 / decisions.size());
    }

    private void report(double micros) {
        long[] took = decisions.stream()
                .mapToLong(one -> one.cost().micros())
                .sorted()
                .toArray();
        long median = took[took.length / 2];
        System.out.printf(
                "monitors: %.2f µs of processor time per decision with its events and label; a decision took %d µs"
                        + " (median of %d): %.1f %%%n",
                micros, median, took.length, 100 * micros / median);
    }

    private List<FeedShape> shapes() {
        return application.streams().stream()
                .map(stream -> new FeedShape(
                        stream.name(),
                        stream.definition().schema(),
                        stream.definition().key(),
                        application.monitors().groups().getOrDefault(stream.name(), List.of())))
                .toList();
    }

    private Reference reference() {
        int champion = node.models().roles(application.name(), decision.model()).stream()
                .filter(role -> role.route() == Route.CHAMPION)
                .mapToInt(ModelRole::version)
                .findFirst()
                .orElseThrow();
        return node.models()
                .reference(application.name(), decision.model(), champion)
                .orElseThrow();
    }
}
