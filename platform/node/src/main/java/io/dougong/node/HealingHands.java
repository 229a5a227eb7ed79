package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Route;
import io.dougong.features.Derived;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Times;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.TrainingRun;
import io.dougong.models.ModelVersion;
import io.dougong.operate.Action;
import io.dougong.operate.HealingRecord;
import io.dougong.operate.HealingState.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What healing does on a node: trains beside the pipeline, gives roles through the log, records its steps. */
final class HealingHands implements HealingDesk.Hands {

    private static final String BY = "healing";

    /** Writes a record as the pipeline writes decisions. */
    interface Records {
        void record(Decision decision) throws InterruptedException;
    }

    private record Key(String model, long asOfMicros) {}

    private final RunningApplication application;
    private final Rooms rooms;
    private final Training training;
    private final Supplier<Records> records;
    private final Map<Key, FutureTask<HealingDesk.Trained>> trainings = new HashMap<>();

    HealingHands(RunningApplication application, Rooms rooms, Training training, Supplier<Records> records) {
        this.application = application;
        this.rooms = rooms;
        this.training = training;
        this.records = records;
    }

    @Override
    public void train(String model, long asOfMicros) {
        FutureTask<HealingDesk.Trained> task = new FutureTask<>(() -> trainNow(model, asOfMicros));
        trainings.put(new Key(model, asOfMicros), task);
        application.awaitWritten();
        Thread.ofPlatform().name("dougong-healing-" + model).daemon(true).start(task);
    }

    private HealingDesk.Trained trainNow(String model, long asOfMicros) {
        try {
            TrainingRun run = finished(model, asOfMicros).orElse(null);
            if (run == null) {
                application.awaitLake();
                run = training.trainAsOf(application, model, asOfMicros, BY);
            }
            TrainingRun.Outcome outcome = run.outcome();
            return outcome == null
                    ? new HealingDesk.Trained(null, false, String.valueOf(run.failure()))
                    : new HealingDesk.Trained(new Version(outcome.version(), outcome.digest()), outcome.passed(), "");
        } catch (Problem failed) {
            return new HealingDesk.Trained(null, false, failed.getMessage());
        }
    }

    /** The run of the same moment that ended before a restart. */
    private Optional<TrainingRun> finished(String model, long asOfMicros) {
        return training.runs(name(), model).stream()
                .filter(run -> run.outcome() != null)
                .filter(run -> Long.toString(asOfMicros).equals(run.parameters().get("as_of_micros")))
                .findFirst();
    }

    /** After a restart the training of before is gone, and is done again. */
    @Override
    public HealingDesk.Trained trained(String model, long asOfMicros) throws InterruptedException {
        Key key = new Key(model, asOfMicros);
        if (!trainings.containsKey(key)) {
            train(model, asOfMicros);
        }
        FutureTask<HealingDesk.Trained> task = trainings.remove(key);
        if (task == null) {
            throw new IllegalStateException("a training was just begun");
        }
        try {
            return task.get();
        } catch (ExecutionException broken) {
            return new HealingDesk.Trained(null, false, String.valueOf(broken.getCause()));
        }
    }

    @Override
    public @Nullable Version role(String model, Route route) {
        return rooms.definitions().roles(name(), model).stream()
                .filter(role -> role.route() == route)
                .map(role -> new Version(role.version(), role.digest()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean reads(String model, String stream, String field) {
        ModelDefinition definition = application.model(model);
        return readsEvents(definition, stream) || definition.stream().equals(stream) && readsRow(definition, field);
    }

    private boolean readsEvents(ModelDefinition model, String stream) {
        return application.application().features().stream()
                .filter(view -> view.stream().equals(stream))
                .anyMatch(view -> model.features().stream().anyMatch(each -> each.startsWith(view.name() + ".")));
    }

    private boolean readsRow(ModelDefinition model, String field) {
        Set<String> broken = new HashSet<>(Set.of(field));
        for (Derived derived : application.stream(model.stream()).declared().derived()) {
            if (derived.inputs().anyMatch(broken::contains)) {
                broken.add(derived.name());
            }
        }
        return field.isEmpty() || model.features().stream().anyMatch(broken::contains);
    }

    @Override
    public @Nullable Version adopted(String model, String other) {
        Version champion = role(other, Route.CHAMPION);
        if (champion == null) {
            return null;
        }
        ModelVersion adopted = rooms.registry()
                .register(Training.registered(name(), model), rooms.registry().load(new Digest(champion.digest())));
        return new Version(adopted.version(), adopted.digest().hex());
    }

    @Override
    public void give(String model, Action.Give give, String why, String id) {
        rooms.administration()
                .record(
                        new AdminEvent.RolledOut(
                                name(),
                                model,
                                give.route(),
                                give.version().version(),
                                give.version().digest(),
                                give.share(),
                                why,
                                BY),
                        id);
        application.rolesChanged();
    }

    /** Also a role that nobody has: then its id is used, and what comes to have the role later keeps it. */
    @Override
    public void withdraw(String model, Route route, String why, String id) {
        rooms.administration().record(new AdminEvent.Withdrawn(name(), model, route, why, BY), id);
        application.rolesChanged();
    }

    @Override
    public void record(Decision step) throws InterruptedException {
        records.get().record(step);
        application.awaitWritten();
    }

    @Override
    public Optional<Decision> recorded(String model, int episode, int step, long atMicros) {
        return rooms.decisions()
                .find(HealingRecord.id(name(), model, episode, step, atMicros))
                .map(DecisionLog.Entry::decision);
    }

    @Override
    public HealingRecord.Origin origin() {
        return new HealingRecord.Origin(
                name(),
                application.application().version().hex(),
                Times.micros(rooms.settings().clock().instant()));
    }

    private String name() {
        return application.application().name();
    }
}
