package io.dougong.server;

import java.util.List;

/**
 * An endless answer, sent as server-sent events.
 *
 * @param next the next items, oldest first; empty if there are none now. Called from a platform thread, never twice at once
 * @param pauseMillis how long to wait when there are none
 */
record Feed(Next next, long pauseMillis) implements Answer {

    private static final long PAUSE_MILLIS = 100;

    Feed(Next next) {
        this(next, PAUSE_MILLIS);
    }

    /** @param id what a client that comes back sends as {@code Last-Event-ID} */
    @SuppressWarnings("ArrayRecordComponent")
    record Item(String id, byte[] json) {}

    interface Next {
        List<Item> items() throws Exception;
    }
}
