package io.dougong.apps.flightdelay;

import io.dougong.kernel.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends the flights that are left to the server, in the order in which they became known, at a pace. What was not acknowledged is sent
 * again until it is: the log keeps an event of one id once.
 */
final class LivePump implements AutoCloseable {

    private static final String PATH = "/api/v1/applications/flight-delay/events";
    private static final String LINES = "application/x-ndjson";
    private static final int MOST_AT_ONCE = 400;
    private static final int LAG_EVERY = 10;
    private static final long MOST_LAG = 4_000;
    private static final long TICK_MILLIS = 200;
    private static final int OK = 200;

    private final DemoServer server;
    private final FlightStream stream;
    private final Thread thread;
    private final List<Long> sentMillis = new ArrayList<>();
    private List<FlightStream.Item> batch = List.of();
    private volatile double perSecond;
    private long untilMillis = Long.MAX_VALUE;
    private long acknowledged;
    private long duplicates;
    private long nowMillis;
    private boolean held;
    private boolean settling;
    private boolean failing;
    private boolean closed;

    /** @param acknowledgedBefore events of the application that are in the log already */
    LivePump(DemoServer server, FlightStream stream, long acknowledgedBefore) {
        this.server = server;
        this.stream = stream;
        this.acknowledged = acknowledgedBefore;
        this.nowMillis = stream.nextMillis();
        this.thread = Thread.ofPlatform().name("demo-pump").daemon(true).start(this::run);
    }

    /** Goes on at this pace, up to this event time. */
    synchronized void go(double eventsPerSecond, long untilEventMillis) {
        perSecond = eventsPerSecond;
        untilMillis = untilEventMillis;
        notifyAll();
    }

    synchronized void breaks(Break broken) {
        stream.breaks(broken);
    }

    Map<String, Boolean> truth(long fromMillis, long untilMillisExclusive) {
        return stream.truth(fromMillis, untilMillisExclusive);
    }

    /** Event time of the newest event that was sent. */
    synchronized long nowMillis() {
        return nowMillis;
    }

    /** Whether everything up to the event time asked for was sent. */
    synchronized boolean there() {
        return batch.isEmpty() && (!stream.hasNext() || stream.nextMillis() >= untilMillis);
    }

    /** Events that were sent with a time from the first moment up to the second. */
    synchronized long between(long fromMillis, long untilMillisExclusive) {
        return sentMillis.stream()
                .filter(sent -> sent >= fromMillis && sent < untilMillisExclusive)
                .count();
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Events that the log had already when they were sent again. */
    synchronized long duplicates() {
        return duplicates;
    }

    /** Sends nothing more until {@link #release}; returns when no request is under way. */
    synchronized void hold() throws InterruptedException {
        held = true;
        while (!batch.isEmpty() && !failing) {
            wait();
        }
    }

    /** The same, but goes on sending what was not acknowledged until it is. */
    synchronized void settle() throws InterruptedException {
        settling = true;
        while (!batch.isEmpty()) {
            wait();
        }
    }

    synchronized void release() {
        held = false;
        settling = false;
        failing = false;
        notifyAll();
    }

    /** How many events were sent and not acknowledged. */
    synchronized int underWay() {
        return batch.size();
    }

    /** Waits until a batch is on its way. */
    synchronized void awaitUnderWay() throws InterruptedException {
        while (batch.isEmpty() && !closed) {
            wait(TICK_MILLIS);
        }
    }

    private void run() {
        try {
            for (long round = 0; take(); round++) {
                send();
                if (perSecond > MOST_AT_ONCE && round % LAG_EVERY == 0) {
                    awaitLag();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its turn and takes the next batch; false when closed. */
    private synchronized boolean take() throws InterruptedException {
        long due = System.nanoTime() + (long) (1e9 * size() / Math.max(1, perSecond));
        while (!closed && (held || settling || perSecond <= 0 || there() || System.nanoTime() < due)) {
            long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
            wait(Math.clamp(left, 1, TICK_MILLIS));
        }
        List<FlightStream.Item> next = new ArrayList<>();
        while (!closed && next.size() < size() && stream.hasNext() && stream.nextMillis() < untilMillis) {
            next.add(stream.next());
        }
        batch = next;
        notifyAll();
        return !closed;
    }

    /** A fifth of a second's worth, at least one. */
    private int size() {
        return Math.clamp((long) (perSecond / 5), 1, MOST_AT_ONCE);
    }

    private void send() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        String lines = lines(batch);
        while (!delivered(lines)) {
            synchronized (this) {
                failing = true;
                notifyAll();
                do {
                    wait(TICK_MILLIS);
                } while (held && !closed);
                if (closed) {
                    return;
                }
            }
        }
    }

    private boolean delivered(String lines) {
        try {
            HttpResponse<String> answer = server.send("POST", PATH, LINES, lines);
            if (answer.statusCode() != OK) {
                return false;
            }
            long again = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8))
                    .path("duplicates")
                    .asLong();
            acknowledge(again);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private synchronized void acknowledge(long again) {
        acknowledged += batch.size();
        batch.forEach(item -> sentMillis.add(item.timeMillis()));
        duplicates += again;
        nowMillis = batch.getLast().timeMillis();
        batch = List.of();
        failing = false;
        notifyAll();
    }

    private static String lines(List<FlightStream.Item> items) {
        StringBuilder lines = new StringBuilder();
        for (FlightStream.Item item : items) {
            lines.append("{\"stream\":\"")
                    .append(item.stream())
                    .append("\",\"event\":")
                    .append(new String(item.json(), StandardCharsets.UTF_8))
                    .append("}\n");
        }
        return lines.toString();
    }

    /** Deciding may lag behind only so far, or what is shown would be of long ago. */
    private void awaitLag() throws InterruptedException {
        try {
            while (server.status().path("lag").asLong() > MOST_LAG) {
                Thread.sleep(TICK_MILLIS / 4);
            }
        } catch (RuntimeException gone) {
            Thread.sleep(TICK_MILLIS);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
