package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Times;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The one thread that writes. It takes everything that waits (group commit: the longer a sync takes, the more the next one carries),
 * puts it into one native batch, writes and syncs it, makes it visible, and only then answers.
 *
 * <p>Invariants: offsets and sequences are given out here alone, in the order of the queue; a batch is in one native write, so it is
 * there as a whole or not at all; nothing is published or answered before its sync. When a write fails, what was staged is forgotten,
 * every request of the group is told, and before the next write the store is opened anew and the extents are read back, since the
 * failed write may be there after all.
 */
final class Committer implements AutoCloseable {

    private static final int MAX_GROUP_REQUESTS = 1024;

    private final BlockingQueue<Request> queue;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final EmbeddedSettings settings;
    private final StoreGate gate;
    private final Catalog catalog;
    private final InstantSource clock;
    private final SyncedWriter writer;
    private final Arrivals arrivals;
    private final Staging staging = new Staging();
    private final Thread thread;
    private volatile long visibleSequence;
    private volatile boolean closing;
    private long lastIngested;
    private boolean broken;

    Committer(
            StoreGate gate,
            Catalog catalog,
            Catalog.Newest newest,
            EmbeddedSettings settings,
            InstantSource clock,
            SyncedWriter writer,
            Arrivals arrivals) {
        this.queue = new ArrayBlockingQueue<>(settings.maxQueuedBatches());
        this.settings = settings;
        this.gate = gate;
        this.catalog = catalog;
        this.clock = clock;
        this.writer = writer;
        this.arrivals = arrivals;
        this.visibleSequence = newest.sequence();
        this.lastIngested = newest.ingestedMicros();
        this.thread = Thread.ofPlatform().name("event-log-committer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The sequence of the newest event that is durable; every event up to it can be read. */
    long visibleSequence() {
        return visibleSequence;
    }

    /** Queues without waiting; fails the request if the queue is full. */
    void offer(Request request) {
        long waiting = queuedBytes.addAndGet(request.bytes());
        if (waiting > settings.maxQueuedBytes() || closing || !queue.offer(request)) {
            queuedBytes.addAndGet(-request.bytes());
            request.failed(
                    closing
                            ? EventProblem.closed("The event log")
                            : EventProblem.overloaded(queue.size(), waiting - request.bytes()));
            return;
        }
        refuseIfClosed(request);
    }

    /** Queues a change and waits until it is synced. */
    void change(ChangeRequest.Change change, Runnable afterSync) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("the log's own thread would wait for itself");
        }
        ChangeRequest request = new ChangeRequest(change, afterSync);
        try {
            queuedBytes.addAndGet(request.bytes());
            queue.put(request);
        } catch (InterruptedException stopped) {
            queuedBytes.addAndGet(-request.bytes());
            Thread.currentThread().interrupt();
            throw EventProblem.closed("The waiting thread");
        }
        refuseIfClosed(request);
        io.dougong.events.EventLog.await(request.future);
    }

    private void refuseIfClosed(Request request) {
        if (closing && queue.remove(request)) {
            request.failed(EventProblem.closed("The event log"));
        }
    }

    private void run() {
        List<Request> group = new ArrayList<>();
        while (take(group)) {
            commit(group);
            group.clear();
        }
        staging.close();
    }

    /** Fills the group with what waits; false when closing and nothing is left. */
    private boolean take(List<Request> group) {
        Request first = next();
        long bytes = 0;
        while (first != null) {
            group.add(first);
            bytes += first.bytes();
            boolean full = bytes >= settings.maxGroupBytes() || group.size() == MAX_GROUP_REQUESTS;
            first = full ? null : queue.poll();
        }
        queuedBytes.addAndGet(-bytes);
        return !group.isEmpty();
    }

    private @Nullable Request next() {
        while (!closing) {
            try {
                return queue.take();
            } catch (InterruptedException wakened) {
                // Only close() interrupts, and closing is looked at next.
                continue;
            }
        }
        return queue.poll();
    }

    private void commit(List<Request> group) {
        try {
            repairIfBroken();
            List<Request> staged = gate.use(store -> write(store, group));
            visibleSequence = staging.sequence();
            lastIngested = staging.nowMicros();
            staged.forEach(Request::synced);
            arrivals.announce();
        } catch (RocksDBException failed) {
            fail(group, Trouble.atWrite(failed));
        } catch (RuntimeException failed) {
            fail(group, failed instanceof EventProblem problem ? problem : unexpected(failed));
        }
    }

    private List<Request> write(Store store, List<Request> group) throws RocksDBException {
        staging.begin(store, visibleSequence, Math.max(lastIngested, Times.micros(clock.instant())));
        List<Request> staged = stage(group);
        if (!staging.isEmpty()) {
            store.write(writer, staging.batch());
        }
        staging.publish();
        return staged;
    }

    private List<Request> stage(List<Request> group) {
        List<Request> staged = new ArrayList<>(group.size());
        for (Request request : group) {
            try {
                request.stage(staging);
                staged.add(request);
            } catch (RocksDBException unreadable) {
                request.failed(Trouble.atRead("the index of event ids", unreadable));
            } catch (EventProblem refused) {
                request.failed(refused);
            }
        }
        return staged;
    }

    private void fail(List<Request> group, EventProblem problem) {
        broken = true;
        staging.rollBack();
        group.forEach(request -> request.failed(problem));
    }

    private static EventProblem unexpected(RuntimeException failed) {
        String why = failed instanceof Problem problem ? problem.explained() : String.valueOf(failed);
        return EventProblem.writeFailed(why, false, failed);
    }

    private void repairIfBroken() throws RocksDBException {
        if (broken) {
            gate.reopen();
            Catalog.Newest newest = gate.use(catalog::load);
            visibleSequence = Math.max(visibleSequence, newest.sequence());
            lastIngested = Math.max(lastIngested, newest.ingestedMicros());
            broken = false;
        }
    }

    /** Commits what is queued, then stops. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        for (Request late = queue.poll(); late != null; late = queue.poll()) {
            late.failed(EventProblem.closed("The event log"));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
