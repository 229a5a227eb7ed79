package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Truth;
import io.dougong.events.EventLog;
import io.dougong.events.EventProblem;
import io.dougong.events.Position;
import io.dougong.events.Rejection;
import io.dougong.events.Stored;
import io.dougong.features.Applied;
import io.dougong.features.FeatureStore;
import io.dougong.kernel.Ids;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import io.dougong.serving.Ask;
import io.dougong.serving.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The main path of an application, one event after another in the order in which they arrived: it asks, it brings a label, it goes
 * into the features. One thread; what it computes depends on the order of the log alone.
 */
final class Pipeline implements Follower.Handler {

    private static final int MOST_UNWRITTEN = 1_000;
    private static final long RETRY_MILLIS = 20;

    private final Map<String, NodeStream> streams;
    private final Offsets decided;
    private final ToLongFunction<String> liveSince;
    private final List<Endpoint> endpoints;
    private final List<Labels> labels;
    private final FeatureStore features;
    private final EventLog log;
    private final Recorder recorder;
    private final Pending pending;
    private final PipelineCounts counts;
    private final Monitoring monitoring;
    private final Recorded recorded;
    private final Checkpoints checkpoints;
    private final Semaphore unwritten = new Semaphore(MOST_UNWRITTEN);

    /** A decision about this event that was recorded before a restart. */
    interface Recorded {
        Optional<Decision> find(Position asking, String id);
    }

    /** Makes features and thresholds survive a restart together. */
    interface Checkpoints {
        void applied(int events);

        /** Makes one if it is time. */
        void settle(Monitoring monitoring);
    }

    /**
     * @param decided events before these offsets are only counted: they were asked, or were not to be asked, before
     * @param liveSince arrival order from which on the events ask this model
     */
    Pipeline(
            Map<String, NodeStream> streams,
            Offsets decided,
            ToLongFunction<String> liveSince,
            List<Endpoint> endpoints,
            List<Labels> labels,
            FeatureStore features,
            EventLog log,
            Recorder recorder,
            Pending pending,
            PipelineCounts counts,
            Monitoring monitoring,
            Recorded recorded,
            Checkpoints checkpoints) {
        this.streams = streams;
        this.decided = decided;
        this.liveSince = liveSince;
        this.endpoints = endpoints;
        this.labels = labels;
        this.features = features;
        this.log = log;
        this.recorder = recorder;
        this.pending = pending;
        this.counts = counts;
        this.monitoring = monitoring;
        this.recorded = recorded;
        this.checkpoints = checkpoints;
    }

    @Override
    public void handle(List<Stored> batch) throws InterruptedException {
        monitoring.batch(batch.isEmpty());
        for (Stored stored : batch) {
            handle(stored);
        }
        checkpoints.applied(batch.size());
    }

    @Override
    public void settle() {
        checkpoints.settle(monitoring);
    }

    private void handle(Stored stored) throws InterruptedException {
        NodeStream stream = streams.get(stored.position().stream());
        if (stream == null) {
            return;
        }
        try {
            Row row = stream.derived(stream.row(stored));
            if (isNew(stored.position())) {
                monitoring.event(stream.name(), stored, row);
                ask(stream, stored, row);
                label(stream, stored, row);
            }
            apply(stream, stored, row);
        } catch (InvalidValue unfit) {
            counts.deadLetter();
            if (isNew(stored.position())) {
                monitoring.refused(stream.name());
            }
            log.deadLetter(stored, Rejection.of(unfit));
        }
        counts.event(stored);
    }

    private boolean isNew(Position at) {
        return at.offset() >= decided.of(new StreamPartition(at.stream(), at.partition()));
    }

    private void ask(NodeStream stream, Stored stored, Row row) throws InterruptedException {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.definition().stream().equals(stream.name()) && asks(endpoint, stored)) {
                answer(endpoint, stream, stored, row);
            }
        }
    }

    private boolean asks(Endpoint endpoint, Stored stored) {
        return endpoint.live()
                && stored.sequence()
                        > liveSince.applyAsLong(endpoint.definition().model());
    }

    private void answer(Endpoint endpoint, NodeStream stream, Stored stored, Row row) throws InterruptedException {
        String name = stream.qualified() + "/" + endpoint.definition().name() + "/"
                + stored.event().id();
        String id = Ids.derived(name);
        Ask ask = new Ask(
                id,
                stream.key(row),
                stream.subject(row).orElse(null),
                row,
                stored.event().timeMicros());
        Decision decision = recorded.find(stored.position(), id).orElseGet(() -> endpoint.answer(ask));
        pending.add(decision);
        counts.decision(decision);
        monitoring.decided(decision);
        record(decision);
    }

    /** Appends a record to the log without waiting for the disk. */
    void record(Decision decision) throws InterruptedException {
        write(() -> recorder.record(decision));
    }

    /** Only so many records are on their way at a time; one that the log was too busy to take, or had no space for, is offered again. */
    private void write(Supplier<CompletableFuture<?>> append) throws InterruptedException {
        unwritten.acquire();
        counts.writing();
        offer(append);
    }

    private void offer(Supplier<CompletableFuture<?>> append) {
        append.get().whenComplete((_, failure) -> {
            if (mayPass(failure)) {
                CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> offer(append));
            } else {
                unwritten.release();
                counts.written(failure);
            }
        });
    }

    private static boolean mayPass(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof EventProblem.Overloaded || cause instanceof EventProblem.WriteFailed;
    }

    private void label(NodeStream stream, Stored stored, Row row) throws InterruptedException {
        for (Labels label : labels) {
            if (label.stream().equals(stream.name())) {
                label(label, stored, row);
            }
        }
    }

    private void label(Labels label, Stored stored, Row row) throws InterruptedException {
        String key = label.key(row);
        Truth value = label.value(row);
        if (key == null || value == null) {
            return;
        }
        Optional<Pending.Open> open = pending.take(label.decision(), key);
        if (open.isPresent()) {
            feedBack(open.get(), label, value, stored, row);
        } else {
            counts.unmatchedLabel();
        }
    }

    private void feedBack(Pending.Open open, Labels label, Truth value, Stored stored, Row row)
            throws InterruptedException {
        Position at = stored.position();
        boolean suspect = monitoring.suspect(label.stream(), row);
        Feedback feedback = open.feedback(
                value, stored.event().timeMicros(), at.stream() + "/" + at.partition() + "@" + at.offset(), suspect);
        if (suspect) {
            counts.untrustedLabel();
        } else {
            learn(open, label, value);
            counts.label(label, open, value);
            monitoring.labelled(label, open, value);
        }
        write(() -> recorder.record(feedback));
    }

    private void learn(Pending.Open open, Labels label, Truth value) {
        endpoints.stream()
                .filter(endpoint -> endpoint.definition().name().equals(label.decision()))
                .forEach(endpoint -> endpoint.learn(open.model(), open.score(), open.threshold(), value));
    }

    private void apply(NodeStream stream, Stored stored, Row row) {
        Position at = stored.position();
        Applied applied = features.apply(
                stream.name(), at.partition(), at.offset(), stored.event().timeMicros(), row);
        if (applied.isLost()) {
            counts.deadLetter();
            log.deadLetter(
                    stored, new Rejection(code(applied), "Some feature does not count this event: " + code(applied)));
        }
    }

    private static String code(Applied applied) {
        return "event-" + applied.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
