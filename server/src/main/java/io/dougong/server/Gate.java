package io.dougong.server;

import io.dougong.kernel.Suggest;
import io.dougong.trust.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way of every call: host, place in its line, caller and permission, body, work on a platform thread, answer on the event
 * loop. A large body is read only after the caller is known.
 */
final class Gate {

    private static final long SMALL_BYTES = 64 * 1024L;
    private static final Caller NOBODY = new Caller("none", "none", Set.of());

    private final Hosts hosts;
    private final Lanes lanes;
    private final ByteBudget budget;
    private final AtomicBoolean draining = new AtomicBoolean();

    Gate(Hosts hosts, Lanes lanes, ByteBudget budget) {
        this.hosts = hosts;
        this.lanes = lanes;
        this.budget = budget;
    }

    /** From now on every call that needs a room is refused; whether it was not so before. */
    boolean closeDoors() {
        return draining.compareAndSet(false, true);
    }

    boolean draining() {
        return draining.get();
    }

    void pass(Endpoint endpoint, Door door, RoutingContext context) {
        try {
            hosts.check(context.request().authority());
            Map<String, String> query = query(endpoint, context);
            checkMediaType(endpoint, context.request());
            Lanes.Kind kind = endpoint.lane();
            if (kind == null) {
                atOnce(endpoint, door, context, query);
                return;
            }
            if (draining.get()) {
                throw ServerProblem.draining();
            }
            inLine(endpoint, door, context, query, lanes.lane(kind).enter());
        } catch (Exception refused) {
            door.refuse(context, refused);
        }
    }

    private static void atOnce(Endpoint endpoint, Door door, RoutingContext context, Map<String, String> query)
            throws Exception {
        Call call = new Call(
                endpoint,
                NOBODY,
                context.pathParams(),
                query,
                "",
                context.request().headers(),
                parameters(context),
                "",
                new byte[0],
                null);
        endpoint.handler().handle(call).whenComplete((answer, failed) -> {
            if (failed != null) {
                door.refuse(context, failed);
            } else if (answer instanceof Reply reply) {
                door.write(context, reply);
            }
        });
    }

    private void inLine(
            Endpoint endpoint, Door door, RoutingContext context, Map<String, String> query, Lane.Place place) {
        HttpServerRequest request = context.request();
        request.pause();
        Incoming incoming = new Incoming(context.vertx(), request, budget, endpoint.limitBytes());
        Endpoint.Spool spool = endpoint.spool();
        Visit visit = new Visit(endpoint, door, context, query, place);
        Future<Void> admitted = isSmall(request) && spool == null
                ? Future.succeededFuture()
                : visit.work(visit::authenticated).mapEmpty();
        Future<Answer> answered = spool == null
                ? admitted.compose(_ -> incoming.read()).compose(bytes -> visit.handled(bytes, null))
                : admitted.compose(_ -> spooled(endpoint, spool, context, visit));
        answered.onComplete(done -> {
            incoming.release();
            if (done.succeeded()) {
                visit.answer(done.result());
            } else {
                place.leave();
                door.refuse(context, done.cause());
            }
        });
    }

    private static Future<Answer> spooled(
            Endpoint endpoint, Endpoint.Spool spool, RoutingContext context, Visit visit) {
        Spooling spooling = new Spooling(context.vertx(), context.request(), spool.file(), endpoint.limitBytes());
        return spooling.receive()
                .compose(file -> visit.handled(new byte[0], file))
                .eventually(spooling::discard);
    }

    private static boolean isSmall(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        return length == null ? !chunked : Long.parseLong(length) <= SMALL_BYTES;
    }

    private static Map<String, String> query(Endpoint endpoint, RoutingContext context) {
        List<String> known =
                endpoint.parameters().stream().map(Endpoint.Parameter::name).toList();
        Map<String, String> query = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : parameters(context)) {
            String name = parameter.getKey();
            if (endpoint.query() == Endpoint.Query.TAKEN) {
                query.putIfAbsent(name, parameter.getValue());
                continue;
            }
            if (!known.contains(name)) {
                throw ServerProblem.unknownParameter(name, Suggest.near(name, known));
            }
            if (query.put(name, parameter.getValue()) != null) {
                throw ServerProblem.repeatedParameter(name);
            }
        }
        return query;
    }

    private static MultiMap parameters(RoutingContext context) {
        try {
            return context.queryParams();
        } catch (HttpException malformed) {
            throw ServerProblem.badRequest("The query is not well formed.");
        }
    }

    private static void checkMediaType(Endpoint endpoint, HttpServerRequest request) {
        String found = mediaType(request);
        if (endpoint.hasBody() && !endpoint.mediaTypes().contains(found)) {
            throw ServerProblem.unsupportedMediaType(found, endpoint.saidTypes());
        }
    }

    private static String mediaType(HttpServerRequest request) {
        String header = request.getHeader("Content-Type");
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** One call on its way. */
    private final class Visit {
        private final Endpoint endpoint;
        private final Door door;
        private final RoutingContext context;
        private final Map<String, String> query;
        private final Lane.Place place;
        private final Context loop;

        private Visit(
                Endpoint endpoint, Door door, RoutingContext context, Map<String, String> query, Lane.Place place) {
            this.endpoint = endpoint;
            this.door = door;
            this.context = context;
            this.query = query;
            this.place = place;
            this.loop = context.vertx().getOrCreateContext();
        }

        /** Runs on a thread of the line; what follows is back on the event loop. */
        private <T> Future<T> work(Callable<T> task) {
            Promise<T> promise = Promise.promise();
            place.run(() -> {
                try {
                    T result = task.call();
                    loop.runOnContext(_ -> promise.complete(result));
                } catch (Throwable failed) {
                    loop.runOnContext(_ -> promise.fail(failed));
                }
            });
            return promise.future();
        }

        private Caller authenticated() {
            return door.admit(context.request(), endpoint.permission());
        }

        private Future<Answer> handled(byte[] bytes, @Nullable Path file) {
            Promise<Answer> promise = Promise.promise();
            work(() -> Requests.traced(context, () -> endpoint.handler().handle(call(bytes, file))))
                    .onFailure(promise::fail)
                    .onSuccess(stage -> settle(stage, promise));
            return promise.future();
        }

        private void settle(CompletionStage<? extends Answer> stage, Promise<Answer> promise) {
            stage.whenComplete((answer, failed) -> loop.runOnContext(_ -> {
                if (failed != null) {
                    promise.fail(failed);
                } else {
                    promise.complete(answer);
                }
            }));
        }

        private Call call(byte[] bytes, @Nullable Path file) {
            return new Call(
                    endpoint,
                    authenticated(),
                    context.pathParams(),
                    query,
                    mediaType(context.request()),
                    context.request().headers(),
                    parameters(context),
                    context.request().remoteAddress().hostAddress(),
                    bytes,
                    file);
        }

        private void answer(Answer answer) {
            switch (answer) {
                case Reply reply -> {
                    context.addEndHandler(_ -> place.leave());
                    door.write(context, reply);
                    if (context.response().ended() || context.response().closed()) {
                        place.leave();
                    }
                }
                case FileReply reply -> {
                    context.addEndHandler(_ -> place.leave());
                    reply.send(context.response()).onFailure(_ -> place.leave());
                }
                case Feed feed -> new FeedWriter(context, loop, place, feed, draining::get).start();
            }
        }
    }
}
