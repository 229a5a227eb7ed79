package io.dougong.server;

import io.dougong.kernel.Times;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.dougong.server.console.Console;
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
import org.jspecify.annotations.Nullable;

/** Opens the node, hangs the endpoints into the router, and stops both in good order: first the calls, then the node. */
@Singleton
final class Server {

    private static final long MOST_BODY_BYTES = 128L * 1024 * 1024;
    private static final long LEAST_BODY_BYTES = 8L * 1024 * 1024;
    /** A body is held as received, as bytes, as events and in the log's queue before it is answered. */
    private static final int BODY_SHARE_OF_HEAP = 12;

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;
    private static final String SESSION_COOKIE = "dougong_session_";
    private static final int FIRST = -1_000;
    private static final int LAST = 1_000_000;

    private final Settings settings;
    private final Node node;
    private final Lanes lanes;
    private final Gate gate;
    private final Metrics metrics;
    private final @Nullable Traces traces;
    private final Requests requests;
    private final Writer writer = new Writer();
    private final Console console;
    private final Door apiDoor;
    private final Door consoleDoor;
    private final Door mlflowDoor;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Endpoint> pages;
    private final List<Endpoint> mlflow;
    private final RunningFile runningFile;
    private final HttpServer http;

    Server(HttpServer http) {
        this.http = http;
        settings = Settings.of(ConfigProvider.getConfig());
        SettingNames.check(new HomeSettings(settings.home()));
        node = Node.open(NodeSettings.at(settings.home())
                .withMaxAhead(settings.maxAhead())
                .checkpointing(settings.checkpointEvents()));
        try {
            lanes = new Lanes(Runtime.getRuntime().availableProcessors(), settings.inFlight());
            gate = new Gate(new Hosts(settings.hostNames()), lanes, new ByteBudget(bodyBudgetBytes()));
            metrics = new Metrics(node, lanes);
            traces = settings.traceEndpoint().isEmpty()
                    ? null
                    : new Traces(settings.traceEndpoint(), settings.traceShare(), settings.version());
            requests = new Requests(metrics, traces);
            Access access = access();
            BrowserSessions sessions = new BrowserSessions(
                    access, new SealedToken(settings.home()), Clock.systemUTC(), SESSION_COOKIE + settings.port());
            console = new Console(
                    node,
                    new Console.Settings(settings.home(), settings.version()),
                    sessions,
                    new Doctor(node)::examine);
            apiDoor = new ApiDoor(access, writer);
            consoleDoor = new ConsoleDoor(access, sessions, console, writer);
            mlflowDoor = new MlflowDoor(access, writer);
            mlflow = new MlflowRoutes(node.tracking()).endpoints();
            endpoints.addAll(api(sessions));
        } catch (RuntimeException refused) {
            node.close();
            throw refused;
        }
        pages = new ConsoleRoutes(console).endpoints();
        runningFile = new RunningFile(settings.home());
    }

    private List<Endpoint> api(BrowserSessions sessions) {
        byte[][] document = new byte[1][];
        List<Endpoint> all = new ArrayList<>(new SystemRoutes(() -> document[0], () -> !gate.draining()).endpoints());
        all.addAll(Api.endpoints(node, Clock.systemUTC(), lanes::inside, () -> Quarkus.asyncExit(0)));
        all.addAll(new OperationRoutes(metrics, ConfigProvider.getConfig()).endpoints());
        all.addAll(new StageRoutes(console.stage()).endpoints());
        all.addAll(new InferenceRoutes(node, settings.version()).endpoints());
        all.add(ConsoleLink.endpoint(sessions));
        document[0] = OpenApi.document(all, settings.version());
        return all;
    }

    private static long bodyBudgetBytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / BODY_SHARE_OF_HEAP, LEAST_BODY_BYTES, MOST_BODY_BYTES);
    }

    private Access access() {
        long now = Times.micros(Clock.systemUTC().instant());
        String bootstrapId = new Bootstrap(settings.home(), node).ensure(now);
        Access.checkBinding(settings.host(), node.keyring().list(), bootstrapId, now);
        return new Access(node.keyring()::authenticate, bootstrapId);
    }

    void route(@Observes Router router) {
        endpoints.forEach(endpoint -> hang(router, endpoint, apiDoor));
        pages.forEach(page -> hang(router, page, consoleDoor));
        mlflow.forEach(endpoint -> hang(router, endpoint, mlflowDoor));
        Paths paths = new Paths(endpoints);
        router.route().order(LAST).handler(context -> unanswered(paths, context));
        router.route().order(FIRST - 1).handler(RoutingContext::next).failureHandler(this::failed);
        router.errorHandler(BAD_REQUEST, this::failed);
    }

    private void hang(Router router, Endpoint endpoint, Door door) {
        String path = endpoint.path().replace("{", ":").replace("}", "");
        router.route(HttpMethod.valueOf(endpoint.method()), path).order(FIRST).handler(context -> {
            requests.begin(endpoint.path(), context);
            gate.pass(endpoint, door, context);
        });
    }

    private void unanswered(Paths paths, RoutingContext context) {
        if (MlflowRoutes.owns(context.request().path())) {
            writer.write(
                    context,
                    MlflowDoor.uncovered(
                            context.request().method().name(), context.request().path()));
            return;
        }
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
            lanes.drain(settings.drain().toMillis());
        }
    }

    void stopped(@Observes ShutdownEvent stop) {
        drain();
        runningFile.delete();
        metrics.close();
        if (traces != null) {
            traces.close();
        }
        console.close();
        node.close();
    }
}
