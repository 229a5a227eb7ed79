package io.dougong.flow;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A run at work: its state, and the order in which events reach state and journal, which is the same for both. The state runs ahead of
 * the journal by what is being synced; commands are given only once their event is durable.
 */
final class LiveRun {

    private final ReentrantLock lock = new ReentrantLock();
    private final RunState state;
    private final Engine engine;
    private final CompletableFuture<RunStatus> end = new CompletableFuture<>();
    private Run row;
    private long nextSeq;
    private boolean broken;

    LiveRun(Engine engine, RunState state, Run row, long nextSeq) {
        this.engine = engine;
        this.state = state;
        this.row = row;
        this.nextSeq = nextSeq;
    }

    /** Takes the event if it still fits; the future completes when it is durable. */
    CompletableFuture<Boolean> offer(RunEvent event, @Nullable String document, @Nullable String keep) {
        lock.lock();
        try {
            if (broken || !state.fits(event)) {
                return CompletableFuture.completedFuture(false);
            }
            RunStatus before = state.status();
            List<RunCommand> commands = state.apply(event);
            boolean first = event instanceof RunEvent.Accepted;
            if (first || state.status() != before) {
                row = row.with(state.status(), state.reason(), event.atMicros());
            }
            Run changed = first || state.status() != before ? row : null;
            var entry = new Journal.Entry.Happened(id(), nextSeq++, event, changed, document, keep);
            CompletableFuture<Void> synced = engine.journal().append(entry);
            return synced.handleAsync((_, failed) -> engine.after(this, commands, failed), engine.dispatcher());
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<Boolean> offer(RunEvent event) {
        return offer(event, null, null);
    }

    /** What waits, given again after a recovery. */
    List<RunCommand> outstanding() {
        lock.lock();
        try {
            return state.outstanding();
        } finally {
            lock.unlock();
        }
    }

    RunView view() {
        lock.lock();
        try {
            return RunView.of(row, state);
        } finally {
            lock.unlock();
        }
    }

    <T> T look(java.util.function.Function<RunState, T> at) {
        lock.lock();
        try {
            return at.apply(state);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is taken: what the state knows may not be in the journal. */
    void breakOff() {
        lock.lock();
        try {
            broken = true;
        } finally {
            lock.unlock();
        }
    }

    String id() {
        return state.id();
    }

    Run row() {
        lock.lock();
        try {
            return row;
        } finally {
            lock.unlock();
        }
    }

    CompletableFuture<RunStatus> end() {
        return end;
    }
}
