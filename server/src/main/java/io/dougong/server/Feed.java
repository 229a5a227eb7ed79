package io.dougong.server;

import java.util.List;

/**
 * An endless answer, sent as server-sent events.
 *
 * @param next the next items, oldest first; empty if there are none now. Called from a platform thread, never twice at once
 */
record Feed(Next next) implements Answer {

    /** @param id what a client that comes back sends as {@code Last-Event-ID} */
    @SuppressWarnings("ArrayRecordComponent")
    record Item(String id, byte[] json) {}

    interface Next {
        List<Item> items() throws Exception;
    }
}
