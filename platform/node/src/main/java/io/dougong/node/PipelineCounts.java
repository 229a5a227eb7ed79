package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Truth;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What an application's pipeline has done since it started. */
public final class PipelineCounts {

    private static final long MOST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    private final LongAdder events = new LongAdder();
    private final LongAdder decisions = new LongAdder();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final LongAdder labels = new LongAdder();
    private final LongAdder unmatched = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final Histogram micros = new ConcurrentHistogram(MOST_MICROS, DIGITS);
    private final Map<String, LiveQuality> quality = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Throwable> writeFailure = new AtomicReference<>();
    private final Map<StreamPartition, Long> next = new ConcurrentHashMap<>();
    private final AtomicLong unwritten = new AtomicLong();
    private volatile long newestMicros = Long.MIN_VALUE;

    void event(Stored stored) {
        events.increment();
        Position at = stored.position();
        next.put(new StreamPartition(at.stream(), at.partition()), at.offset() + 1);
        newestMicros = Math.max(newestMicros, stored.event().timeMicros());
    }

    /** Where the pipeline begins. */
    void start(Offsets from) {
        next.putAll(from.next());
    }

    /** Up to where every partition has been handled. */
    Offsets handled() {
        return new Offsets(new TreeMap<>(next));
    }

    boolean caughtUp(Offsets target) {
        return lag(target) == 0;
    }

    /** Events before the target that have not been handled. */
    long lag(Offsets target) {
        return target.next().entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - next.getOrDefault(entry.getKey(), 0L)))
                .sum();
    }

    void decision(Decision decision) {
        decisions.increment();
        outcomes.computeIfAbsent(decision.name() + "/" + decision.outcome().label(), _ -> new LongAdder())
                .increment();
        micros.recordValue(Math.min(MOST_MICROS, decision.cost().micros()));
    }

    /** A label came that is no measure of quality. */
    void untrustedLabel() {
        labels.increment();
    }

    void label(Labels label, Pending.Open open, Truth truth) {
        labels.increment();
        quality(label.decision()).add(open, truth, label.definition());
    }

    void unmatchedLabel() {
        unmatched.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    /** A record is on its way to the log. */
    void writing() {
        unwritten.incrementAndGet();
    }

    /** Whether every record on its way is durable. */
    boolean allWritten() {
        return unwritten.get() == 0;
    }

    /** Called by the log's own thread when a record is durable, or could not be written. */
    void written(@Nullable Throwable failure) {
        unwritten.decrementAndGet();
        if (failure != null) {
            writeFailure.compareAndSet(null, failure);
        }
    }

    @Nullable
    Throwable writeFailure() {
        return writeFailure.get();
    }

    LiveQuality quality(String decision) {
        return quality.computeIfAbsent(decision, _ -> new LiveQuality());
    }

    /**
     * @param newestMicros event time of the newest event, {@link Long#MIN_VALUE} if none came yet
     * @param outcomes decision and outcome, e.g. {@code will-return/RISKY}, to how often
     */
    public record Snapshot(
            long events,
            long decisions,
            long labels,
            long unmatchedLabels,
            long deadLetters,
            long newestMicros,
            long p50Micros,
            long p99Micros,
            Map<String, Long> outcomes) {}

    Snapshot snapshot() {
        return new Snapshot(
                events.sum(),
                decisions.sum(),
                labels.sum(),
                unmatched.sum(),
                deadLetters.sum(),
                newestMicros,
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(99),
                counted());
    }

    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        outcomes.forEach((name, times) -> counted.put(name, times.sum()));
        return counted;
    }

    Map<String, LiveQuality.Figures> figures() {
        Map<String, LiveQuality.Figures> figures = new TreeMap<>();
        quality.forEach((decision, live) -> figures.put(decision, live.figures()));
        return figures;
    }
}
