package io.dougong.flow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Brings signals to the steps that wait for them. A signal is journalled before it is looked at, and a step that begins to wait looks
 * for one that came since its run was accepted, so that neither order of the two loses it.
 */
final class Mail {

    private final Engine engine;
    private final Map<String, List<Waiting>> waiting = new ConcurrentHashMap<>();

    Mail(Engine engine) {
        this.engine = engine;
    }

    private record Waiting(LiveRun run, RunCommand.Await await) {

        boolean wants(Journal.Signal signal) {
            return await.signal().equals(signal.name())
                    && signal.keys().entrySet().containsAll(await.keys().entrySet());
        }
    }

    void await(LiveRun run, RunCommand.Await await) {
        Waiting one = new Waiting(run, await);
        waiting.computeIfAbsent(await.signal(), _ -> new CopyOnWriteArrayList<>())
                .add(one);
        engine.later(() -> engine.journal().signals(await.signal(), run.row().acceptedMicros()).stream()
                .filter(one::wants)
                .findFirst()
                .ifPresent(signal -> deliver(one, signal)));
    }

    /** How many steps it was for. */
    int came(Journal.Signal signal) {
        List<Waiting> wanting = waiting.getOrDefault(signal.name(), List.of()).stream()
                .filter(one -> one.wants(signal))
                .toList();
        wanting.forEach(one -> deliver(one, signal));
        return wanting.size();
    }

    private void deliver(Waiting one, Journal.Signal signal) {
        waiting.getOrDefault(signal.name(), List.of()).remove(one);
        var _ = one.run()
                .offer(new RunEvent.Signalled(engine.nowMicros(), one.await().path(), signal.payload(), signal.by()));
    }

    void forget(LiveRun run) {
        waiting.values().forEach(list -> list.removeIf(one -> one.run() == run));
    }
}
