package io.dougong.server;

import io.dougong.kernel.Problem;
import io.dougong.kernel.StorageProblem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Writes answers and problems. What was not foreseen gets an incident number, and its trace goes to the log without values. */
final class Writer {

    private static final System.Logger LOG = System.getLogger("io.dougong.server");
    private static final int LOGGED_FRAMES = 25;

    void write(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        reply.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(reply.body()));
    }

    void refuse(RoutingContext context, Throwable failed) {
        context.request().resume();
        write(context, problem(failed, context.request().path()));
    }

    static Reply problem(Throwable failed, String path) {
        return Reply.of(known(failed), path);
    }

    /** The problem that failed it, or else one with an incident number. */
    static Problem known(Throwable failed) {
        Throwable cause = failed;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Problem problem ? problem : notAProblem(cause);
    }

    private static Problem notAProblem(Throwable cause) {
        Optional<StorageProblem> disk = StorageProblem.behind(cause);
        return disk.isPresent() ? disk.get() : unforeseen(cause);
    }

    /** Messages of foreign exceptions may hold values of persons, so that only types and places are logged. */
    private static Problem unforeseen(Throwable cause) {
        String incident = UUID.randomUUID().toString().substring(0, 8);
        String frames = Arrays.stream(cause.getStackTrace())
                .limit(LOGGED_FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        LOG.log(
                System.Logger.Level.ERROR,
                "incident {0}: {1}{2}",
                incident,
                cause.getClass().getName(),
                frames);
        return ServerProblem.internal(incident);
    }
}
