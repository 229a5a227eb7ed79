package io.dougong.benchmarks;

import io.dougong.decisions.DecisionLog;
import io.dougong.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whole decisions in process, reasons included: first at a fixed 1,000 a second, then as many as go. Latency with the sync counts
 * from the moment at which the question was due (no coordinated omission); the answer's own time, without the sync, is what the
 * record says. Arguments: seconds of each part.
 */
public final class DecisionLoad {

    private static final int FIXED_PER_SECOND = 1_000;
    private static final int WARM_UP = 20_000;
    private static final int MOST_WAITING = 256;
    private static final int ROOM = 5_000_000;

    private final Node node;
    private long next = 1_000_000;

    private DecisionLoad(Node node) {
        this.node = node;
    }

    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        Path home = Files.createTempDirectory("decision-load");
        try (Node node = Bank.open(home)) {
            DecisionLoad load = new DecisionLoad(node);
            load.run("warm-up", Long.MAX_VALUE, WARM_UP);
            load.run("fixed 1,000/s", FIXED_PER_SECOND, (long) FIXED_PER_SECOND * seconds);
            load.run("saturated", Long.MAX_VALUE, 5_000L * seconds);
        }
    }

    private void run(String what, long perSecond, long count) {
        Latencies own = new Latencies(ROOM);
        Latencies synced = new Latencies(ROOM);
        Phaser waiting = new Phaser(1);
        long start = System.nanoTime();
        long step = perSecond == Long.MAX_VALUE ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long i = 0; i < count; i++) {
            long due = step == 0 ? System.nanoTime() : start + i * step;
            pause(due, waiting, step == 0);
            waiting.register();
            ask().whenComplete((entry, _) -> {
                synced.add(System.nanoTime() - due);
                own.add(TimeUnit.MICROSECONDS.toNanos(entry.decision().cost().micros()));
                waiting.arriveAndDeregister();
            });
        }
        waiting.arriveAndAwaitAdvance();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(what + "\n  own time " + own.report(seconds) + "\n  synced   " + synced.report(seconds));
    }

    private static void pause(long due, Phaser waiting, boolean saturated) {
        while (System.nanoTime() < due || (saturated && waiting.getRegisteredParties() > MOST_WAITING)) {
            LockSupport.parkNanos(20_000);
        }
    }

    private CompletableFuture<DecisionLog.Entry> ask() {
        return node.decide(Bank.NAME, Bank.DECISION, null, Bank.transfer(next++));
    }
}
