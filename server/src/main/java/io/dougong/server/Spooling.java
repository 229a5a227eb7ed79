package io.dougong.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;

/**
 * Writes the body of one request to a file as it comes, no faster than the disk takes it. One that breaks off, stands still or is
 * too large leaves nothing.
 */
final class Spooling {

    private static final long STILL_MILLIS = 30_000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Path file;
    private final long limitBytes;
    private final Promise<Path> promise = Promise.promise();
    private long received;
    private long seen;

    Spooling(Vertx vertx, HttpServerRequest request, Path file, long limitBytes) {
        this.vertx = vertx;
        this.request = request;
        this.file = file;
        this.limitBytes = limitBytes;
    }

    Future<Path> receive() {
        OpenOptions options = new OpenOptions().setWrite(true).setCreateNew(true);
        vertx.fileSystem().open(file.toString(), options).onSuccess(this::pour).onFailure(promise::tryFail);
        return promise.future();
    }

    private void pour(AsyncFile out) {
        long timer = vertx.setPeriodic(STILL_MILLIS, _ -> checkProgress());
        promise.future().onComplete(_ -> vertx.cancelTimer(timer));
        promise.future().onFailure(_ -> out.close());
        out.exceptionHandler(promise::tryFail);
        request.exceptionHandler(_ -> promise.tryFail(ServerProblem.badRequest("The body broke off.")));
        request.handler(chunk -> chunk(out, chunk));
        request.endHandler(_ -> ended(out));
        request.resume();
    }

    private void checkProgress() {
        if (received == seen) {
            promise.tryFail(ServerProblem.bodyTooSlow(STILL_MILLIS));
        }
        seen = received;
    }

    private void chunk(AsyncFile out, Buffer chunk) {
        received += chunk.length();
        if (received > limitBytes) {
            promise.tryFail(ServerProblem.bodyTooLarge(limitBytes));
            request.connection().close();
        }
        if (promise.future().isComplete()) {
            return;
        }
        out.write(chunk).onFailure(promise::tryFail);
        if (out.writeQueueFull()) {
            request.pause();
            out.drainHandler(_ -> request.resume());
        }
    }

    private void ended(AsyncFile out) {
        if (!promise.future().isComplete()) {
            out.close().onSuccess(_ -> promise.tryComplete(file)).onFailure(promise::tryFail);
        }
    }

    /** Deletes the file, unless it was taken away. */
    Future<Void> discard() {
        return vertx.fileSystem().delete(file.toString()).otherwiseEmpty();
    }
}
