package io.dougong.server;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All lines of work of the server. */
final class Lanes {

    /** What kind of work a call is. */
    enum Kind {
        /** Decides: memory and a share of a group commit. */
        DECIDE,
        /** Appends, and small writes. */
        APPEND,
        /** Looks something up. */
        READ,
        /** Takes seconds or minutes: train, verify, back up. */
        LONG,
        /** Takes or gives a file. */
        FILE,
        /** Stays open: feeds. */
        FEED
    }

    private final Map<Kind, Lane> lanes = new EnumMap<>(Kind.class);

    /** @param inFlight the most decisions, and the most appends, at once */
    Lanes(int processors, int inFlight) {
        add(Kind.DECIDE, processors + 1, inFlight);
        add(Kind.APPEND, processors, inFlight);
        add(Kind.READ, 4, 64);
        add(Kind.LONG, 2, 8);
        add(Kind.FILE, 2, 64);
        add(Kind.FEED, 2, 64);
    }

    private void add(Kind kind, int threads, int most) {
        lanes.put(kind, new Lane(kind.name().toLowerCase(Locale.ROOT), threads, most));
    }

    Lane lane(Kind kind) {
        Lane lane = lanes.get(kind);
        if (lane == null) {
            throw new IllegalStateException("no lane " + kind);
        }
        return lane;
    }

    int inside() {
        return lanes.values().stream().mapToInt(Lane::inside).sum();
    }

    /** Waits until everything inside is answered, all lanes together no longer than this. Nothing can enter afterwards. */
    void drain(long timeoutMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        for (Lane lane : lanes.values()) {
            lane.drain(TimeUnit.NANOSECONDS.toMillis(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
