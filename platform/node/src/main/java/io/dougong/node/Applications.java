package io.dougong.node;

import io.dougong.kernel.Suggest;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.manifest.Plan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The applications in force, each at work; bringing one into force stops what it replaces first. */
final class Applications implements AutoCloseable {

    private final Wiring wiring;
    private final Map<String, RunningApplication> running = new LinkedHashMap<>();

    /** Starts those that were in force. */
    Applications(Wiring wiring) {
        this.wiring = wiring;
        Definitions definitions = wiring.rooms().definitions();
        for (String name : definitions.applications()) {
            String manifest = definitions.needed(name).manifest();
            start(Manifest.read(manifest.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void start(Application application) {
        wiring.training().showAll(application);
        running.put(
                application.name(),
                new RunningApplication(application, wiring.rooms(), wiring.training(), wiring.references()));
    }

    synchronized List<RunningApplication> all() {
        return List.copyOf(running.values());
    }

    synchronized Optional<RunningApplication> find(String name) {
        return Optional.ofNullable(running.get(name));
    }

    synchronized RunningApplication needed(String name) {
        return find(name).orElseThrow(() -> NodeProblem.unknownApplication(name, Suggest.near(name, running.keySet())));
    }

    synchronized Plan plan(Application wanted) {
        return Plan.between(find(wanted.name()).map(RunningApplication::application), wanted);
    }

    synchronized Plan apply(Application wanted, String by) {
        Plan plan = plan(wanted).orRefuse();
        if (plan.isEmpty() && running.containsKey(wanted.name())) {
            return plan;
        }
        String manifest = new String(Manifest.write(wanted), StandardCharsets.UTF_8);
        wiring.rooms()
                .administration()
                .record(new AdminEvent.Applied(wanted.name(), wanted.version().hex(), manifest, by));
        RunningApplication old = running.remove(wanted.name());
        if (old != null) {
            old.close();
        }
        start(wanted);
        return plan;
    }

    @Override
    public synchronized void close() {
        running.values().forEach(RunningApplication::close);
        running.clear();
    }
}
