package io.dougong.server;

import io.dougong.kernel.Times;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** Opens the node, hangs the endpoints into the router, and stops both in good order: first the calls, then the node. */
@Singleton
final class Server {

    private static final long BODY_BUDGET_BYTES = 128L * 1024 * 1024;
    private static final long DRAIN_MILLIS = 30_000;
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;
    private static final int FIRST = -1_000;
    private static final int LAST = 1_000_000;

    private final Settings settings;
    private final Node node;
    private final Lanes lanes;
    private final Gate gate;
    private final Writer writer = new Writer();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final RunningFile runningFile;
    private final HttpServer http;

    Server(HttpServer http) {
        this.http = http;
        settings = Settings.of(ConfigProvider.getConfig());
        node = Node.open(NodeSettings.at(settings.home()));
        try {
            lanes = new Lanes(Runtime.getRuntime().availableProcessors(), settings.inFlight());
            gate = new Gate(
                    new Hosts(settings.hostNames()), access(), lanes, new ByteBudget(BODY_BUDGET_BYTES), writer);
        } catch (RuntimeException refused) {
            node.close();
            throw refused;
        }
        runningFile = new RunningFile(settings.home());
        byte[][] document = new byte[1][];
        endpoints.addAll(new SystemRoutes(settings.version(), () -> document[0], () -> !gate.draining()).endpoints());
        endpoints.addAll(Api.endpoints(node, Clock.systemUTC(), lanes::inside, () -> Quarkus.asyncExit(0)));
        document[0] = OpenApi.document(endpoints, settings.version());
    }

    private Access access() {
        long now = Times.micros(Clock.systemUTC().instant());
        String bootstrapId = new Bootstrap(settings.home(), node).ensure(now);
        Access.checkBinding(settings.host(), node.tokens().list(), bootstrapId, now);
        return new Access(node.tokens()::authenticate, bootstrapId);
    }

    void route(@Observes Router router) {
        for (Endpoint endpoint : endpoints) {
            String path = endpoint.path().replace("{", ":").replace("}", "");
            router.route(HttpMethod.valueOf(endpoint.method()), path)
                    .order(FIRST)
                    .handler(context -> gate.pass(endpoint, context));
        }
        Paths paths = new Paths(endpoints);
        router.route().order(LAST).handler(context -> unanswered(paths, context));
        router.route().order(FIRST - 1).handler(RoutingContext::next).failureHandler(this::failed);
        router.errorHandler(BAD_REQUEST, this::failed);
    }

    private void unanswered(Paths paths, RoutingContext context) {
        writer.refuse(
                context,
                paths.problem(
                        context.request().method().name(), context.request().path()));
    }

    /** What the framework refused by itself. */
    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        writer.refuse(
                context,
                failure != null && context.statusCode() >= INTERNAL_ERROR
                        ? failure
                        : ServerProblem.badRequest("The request is not well formed."));
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** Tells commands on this machine that calls are taken. */
    void announce() {
        runningFile.write(settings.host(), http.getPort(), settings.version());
    }

    /** Lets in nothing more and answers what is inside. */
    void drain() {
        if (gate.closeDoors()) {
            lanes.drain(DRAIN_MILLIS);
        }
    }

    void stopped(@Observes ShutdownEvent stop) {
        drain();
        runningFile.delete();
        node.close();
    }
}
