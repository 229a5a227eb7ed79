package io.dougong.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads the body of one request within its limit, the budget of all bodies, and a time. What comes after a refusal is thrown
 * away up to a bound, so that a client still sending can read why; past the bound the connection is closed.
 */
final class Incoming {

    private static final long TIMEOUT_MILLIS = 30_000;
    private static final long DISCARDED_BYTES = 64L * 1024 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final ByteBudget budget;
    private final long limitBytes;
    private final Buffer received = Buffer.buffer();
    private final Promise<byte[]> promise = Promise.promise();
    private long discarded;
    private boolean refused;

    Incoming(Vertx vertx, HttpServerRequest request, ByteBudget budget, long limitBytes) {
        this.vertx = vertx;
        this.request = request;
        this.budget = budget;
        this.limitBytes = limitBytes;
    }

    Future<byte[]> read() {
        long timer = vertx.setTimer(TIMEOUT_MILLIS, _ -> refuse(ServerProblem.bodyTooSlow(TIMEOUT_MILLIS)));
        promise.future().onComplete(_ -> vertx.cancelTimer(timer));
        request.handler(this::chunk);
        request.exceptionHandler(broken -> promise.tryFail(ServerProblem.badRequest("The body broke off.")));
        request.endHandler(_ -> promise.tryComplete(received.getBytes()));
        if (declaredBytes() > limitBytes) {
            refuse(ServerProblem.bodyTooLarge(limitBytes));
        }
        request.resume();
        return promise.future();
    }

    private long declaredBytes() {
        String length = request.getHeader("Content-Length");
        return length == null ? -1 : Long.parseLong(length);
    }

    private void chunk(Buffer chunk) {
        if (refused) {
            discard(chunk.length());
        } else if (received.length() + chunk.length() > limitBytes) {
            refuse(ServerProblem.bodyTooLarge(limitBytes));
        } else if (!budget.take(chunk.length())) {
            refuse(ServerProblem.overloaded("bodies"));
        } else {
            received.appendBuffer(chunk);
        }
    }

    private void discard(int bytes) {
        discarded += bytes;
        if (discarded > DISCARDED_BYTES) {
            request.connection().close();
        }
    }

    private void refuse(ServerProblem why) {
        refused = true;
        promise.tryFail(why);
    }

    /** Gives its bytes back to the budget; to be called once, when the call is answered. */
    void release() {
        budget.give(received.length());
    }
}
