package io.dougong.server;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Sends one feed as server-sent events (WHATWG HTML, section 9.2), no faster than the client reads. */
final class FeedWriter {

    private static final long HEARTBEAT_MILLIS = 10_000;

    private final RoutingContext context;
    private final Context loop;
    private final Lane.Place place;
    private final Feed feed;
    private final BooleanSupplier draining;
    private boolean closed;
    private int quietPauses;

    FeedWriter(RoutingContext context, Context loop, Lane.Place place, Feed feed, BooleanSupplier draining) {
        this.context = context;
        this.loop = loop;
        this.place = place;
        this.feed = feed;
        this.draining = draining;
    }

    void start() {
        HttpServerResponse response = context.response();
        response.closeHandler(_ -> close());
        response.exceptionHandler(_ -> close());
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .write(": open\n\n");
        next();
    }

    private void close() {
        closed = true;
        place.leave();
    }

    private void next() {
        if (closed) {
            return;
        }
        if (draining.getAsBoolean()) {
            context.response().end();
            close();
            return;
        }
        place.run(this::fetch);
    }

    private void fetch() {
        try {
            List<Feed.Item> items = feed.next().items();
            loop.runOnContext(_ -> send(items));
        } catch (Exception broken) {
            loop.runOnContext(_ -> fail(broken));
        }
    }

    private void send(List<Feed.Item> items) {
        if (closed) {
            return;
        }
        HttpServerResponse response = context.response();
        items.forEach(item -> response.write(text(item)));
        if (items.isEmpty()) {
            heartbeat(response);
            context.vertx().setTimer(feed.pauseMillis(), _ -> next());
        } else if (response.writeQueueFull()) {
            response.drainHandler(_ -> next());
        } else {
            next();
        }
    }

    private void heartbeat(HttpServerResponse response) {
        if (++quietPauses % (HEARTBEAT_MILLIS / feed.pauseMillis()) == 0) {
            response.write(": still here\n\n");
        }
    }

    private static String text(Feed.Item item) {
        return "id: " + item.id() + "\ndata: " + new String(item.json(), StandardCharsets.UTF_8) + "\n\n";
    }

    private void fail(Exception broken) {
        if (!closed) {
            Reply problem = Writer.problem(broken, context.request().path());
            context.response()
                    .end("event: problem\ndata: " + new String(problem.body(), StandardCharsets.UTF_8) + "\n\n");
            close();
        }
    }
}
