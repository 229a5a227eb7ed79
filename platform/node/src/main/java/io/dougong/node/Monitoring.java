package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Route;
import io.dougong.decisions.Truth;
import io.dougong.events.EventLog;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import io.dougong.kernel.Row;
import io.dougong.operate.Reading;
import io.dougong.operate.Watch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches an application and heals its models, on the pipeline's thread and in the order of the log: hourly in event time the alarms
 * are looked at, and what a person did takes its place among the events by the log's own order. Readers on other threads see a
 * consistent state.
 */
final class Monitoring {

    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final int ACTS_BATCH = 500;

    private final String application;
    private final Watch watch;
    private final References references;
    private final EventLog log;
    private final Map<String, HealingDesk> desks = new TreeMap<>();
    private final Map<String, Digest> champions = new HashMap<>();
    private final Deque<Act> acts = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<Reading> newestReadings = List.of();
    private volatile List<HealingStatus> newestHealing = List.of();
    private long actsReached;
    private long nextCheckMicros;

    private record Act(long sequence, long offset, AdminEvent.Healed act) {}

    /** Everything that must survive a restart. */
    record Kept(Watch.Kept watch, Map<String, HealingDesk.Kept> desks, long actsReached, long nextCheckMicros) {}

    Monitoring(
            String application,
            Watch watch,
            References references,
            EventLog log,
            List<HealingDesk> desks,
            @Nullable Kept before) {
        this.application = application;
        this.watch = watch;
        this.references = references;
        this.log = log;
        desks.forEach(desk -> this.desks.put(desk.model(), desk));
        this.actsReached = before == null ? 0 : before.actsReached();
        this.nextCheckMicros = before == null ? Long.MIN_VALUE : before.nextCheckMicros();
    }

    Kept kept() {
        lock.lock();
        try {
            return keptNow();
        } finally {
            lock.unlock();
        }
    }

    private Kept keptNow() {
        Map<String, HealingDesk.Kept> kept = new TreeMap<>();
        desks.forEach((model, desk) -> kept.put(model, desk.kept()));
        long reached = acts.isEmpty() ? actsReached : acts.getFirst().offset();
        return new Kept(watch.kept(), kept, reached, nextCheckMicros);
    }

    /** Before a batch: what persons did meanwhile; it is older than every event of the batch that follows it in the log. */
    void batch(boolean idle) throws InterruptedException {
        if (desks.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            batchNow(idle);
        } finally {
            lock.unlock();
        }
    }

    private void batchNow(boolean idle) throws InterruptedException {
        List<Stored> unseen = log.read(new Position(SystemStreams.ADMIN, 0, actsReached), ACTS_BATCH);
        for (Stored stored : unseen) {
            actsReached = stored.position().offset() + 1;
            if (Json.read(stored.event().data(), AdminEvent.class) instanceof AdminEvent.Healed act
                    && act.application().equals(application)) {
                acts.add(new Act(stored.sequence(), stored.position().offset(), act));
            }
        }
        if (idle) {
            actUpTo(Long.MAX_VALUE);
        }
    }

    private void actUpTo(long sequence) throws InterruptedException {
        while (!acts.isEmpty() && acts.getFirst().sequence() < sequence) {
            AdminEvent.Healed act = acts.remove().act();
            HealingDesk desk = desks.get(act.model());
            if (desk != null) {
                desk.act(act.act(), act.by(), watch.watermark());
            }
        }
    }

    /** Before an event asks or brings a label. */
    void event(String stream, Stored stored, Row row) throws InterruptedException {
        lock.lock();
        try {
            eventNow(stream, stored, row);
        } finally {
            lock.unlock();
        }
    }

    private void eventNow(String stream, Stored stored, Row row) throws InterruptedException {
        actUpTo(stored.sequence());
        long micros = stored.event().timeMicros();
        watch.event(stream, micros, row);
        if (watch.watermark() >= nextCheckMicros) {
            long hour = Math.floorDiv(watch.watermark(), HOUR_MICROS);
            nextCheckMicros = (hour + 1) * HOUR_MICROS;
            if (desks.values().stream().anyMatch(HealingDesk::training)) {
                publish();
            }
            for (HealingDesk desk : desks.values()) {
                desk.check(hour * HOUR_MICROS, watch);
            }
        }
    }

    void refused(String stream) {
        lock.lock();
        try {
            watch.refused(stream);
        } finally {
            lock.unlock();
        }
    }

    void decided(Decision decision) {
        lock.lock();
        try {
            decidedNow(decision);
        } finally {
            lock.unlock();
        }
    }

    private void decidedNow(Decision decision) {
        if (decision.model().route() == Route.CHAMPION
                && !decision.model().digest().equals(champions.get(decision.name()))) {
            champion(decision.name(), decision.model().digest());
        }
        watch.decided(decision);
    }

    private void champion(String decision, Digest digest) {
        champions.put(decision, digest);
        if (!watch.version(decision).equals(digest.hex())) {
            references.find(digest.hex()).ifPresent(reference -> watch.champion(decision, digest.hex(), reference));
        }
    }

    /** Whether the label came from a part of a stream that delivers what is wrong: it is no measure of quality. */
    boolean suspect(String stream, Row row) {
        lock.lock();
        try {
            return watch.suspect(stream, row);
        } finally {
            lock.unlock();
        }
    }

    /** A label came that can be trusted. */
    void labelled(Labels label, Pending.Open open, Truth truth) {
        lock.lock();
        try {
            labelledNow(label, open, truth);
        } finally {
            lock.unlock();
        }
    }

    private void labelledNow(Labels label, Pending.Open open, Truth truth) {
        boolean decided = !open.outcome().equals(io.dougong.decisions.Outcome.REVIEW.label());
        boolean wrong = decided && !label.definition().right(open.outcome(), open.score(), truth);
        watch.labelled(label.decision(), open.askedMicros(), open.score(), truth, decided, wrong);
        for (HealingDesk desk : desks.values()) {
            if (desk.decision().equals(label.decision())) {
                desk.labelled(open, truth);
            }
        }
    }

    /** As of now; as of the last time somebody asked while the pipeline waits for a training. */
    List<Reading> readings() {
        refresh();
        return newestReadings;
    }

    List<HealingStatus> healing() {
        refresh();
        return newestHealing;
    }

    private void refresh() {
        if (lock.tryLock()) {
            try {
                publish();
            } finally {
                lock.unlock();
            }
        }
    }

    private void publish() {
        newestReadings = watch.readings();
        newestHealing = desks.values().stream().map(HealingDesk::status).toList();
    }

    boolean heals(String model) {
        return desks.containsKey(model);
    }
}
