package io.dougong.server;

import io.dougong.node.Node;
import io.dougong.node.PipelineCounts;
import io.dougong.node.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What Prometheus scrapes. Requests are counted as they are answered; everything else is asked of the node when a scrape comes, so that
 * the path of a decision pays nothing for it.
 */
final class Metrics implements AutoCloseable {

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private record Answered(String method, String path, int status) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Status.OfApplication> applications = new ConcurrentHashMap<>();
    private final Map<String, Long> events = new ConcurrentHashMap<>();
    private final Node node;

    Metrics(Node node, Lanes lanes) {
        this.node = node;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
        for (Lanes.Kind kind : Lanes.Kind.values()) {
            Gauge.builder("dougong.lane.inside", lanes.lane(kind), Lane::inside)
                    .description("Calls in a line of work, waiting or worked on")
                    .tag("lane", kind.name().toLowerCase(java.util.Locale.ROOT))
                    .register(registry);
        }
    }

    /** @param path the endpoint's template, so that there are only so many */
    void answered(String method, String path, int status, long nanos) {
        timers.computeIfAbsent(new Answered(method, path, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Answered key) {
        return Timer.builder("dougong.http.requests")
                .description("Requests, from their head until their answer was handed over")
                .tags("method", key.method(), "path", key.path(), "status", Integer.toString(key.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    Reply scrape() {
        Status status = node.status();
        status.applications().forEach(application -> {
            if (applications.put(application.application(), application) == null) {
                register(application.application());
            }
            application.pipeline().outcomes().keySet().forEach(name -> outcome(application.application(), name));
        });
        status.streams().forEach(stream -> {
            if (events.put(stream.name(), stream.events()) == null) {
                FunctionCounter.builder("dougong.stream.events", events, all -> all.getOrDefault(stream.name(), 0L))
                        .description("Events in the stream since its first")
                        .tag("stream", stream.name())
                        .register(registry);
            }
        });
        return Reply.text(FORMAT, registry.scrape());
    }

    private void register(String name) {
        counter(name, "dougong.pipeline.events", "Events handled since the start", of(PipelineCounts.Snapshot::events));
        counter(name, "dougong.decisions", "Decisions made since the start", of(PipelineCounts.Snapshot::decisions));
        counter(name, "dougong.labels", "Labels that found their decision", of(PipelineCounts.Snapshot::labels));
        counter(name, "dougong.labels.unmatched", "Labels of none", of(PipelineCounts.Snapshot::unmatchedLabels));
        counter(name, "dougong.dead.letters", "Events put aside", of(PipelineCounts.Snapshot::deadLetters));
        gauge(name, "dougong.follower.lag", "pipeline", Status.OfApplication::lag);
        gauge(name, "dougong.follower.lag", "lake", Status.OfApplication::lakeLag);
        gauge(name, "dougong.decisions.open", "label", Status.OfApplication::openDecisions);
        gauge(
                name,
                "dougong.decision.micros",
                "p50",
                application -> application.pipeline().p50Micros());
        gauge(
                name,
                "dougong.decision.micros",
                "p99",
                application -> application.pipeline().p99Micros());
        gauge(
                name,
                "dougong.failures",
                "follower",
                application -> application.failures().size());
    }

    private static ToDoubleFunction<Status.OfApplication> of(ToDoubleFunction<PipelineCounts.Snapshot> figure) {
        return application -> figure.applyAsDouble(application.pipeline());
    }

    private void counter(String name, String metric, String says, ToDoubleFunction<Status.OfApplication> figure) {
        FunctionCounter.builder(metric, applications, all -> value(all, name, figure))
                .description(says)
                .tag("application", name)
                .register(registry);
    }

    private void gauge(String name, String metric, String of, ToDoubleFunction<Status.OfApplication> figure) {
        Gauge.builder(metric, applications, all -> value(all, name, figure))
                .tags("application", name, "of", of)
                .register(registry);
    }

    private static double value(
            Map<String, Status.OfApplication> all, String name, ToDoubleFunction<Status.OfApplication> figure) {
        Status.OfApplication application = all.get(name);
        return application == null ? 0 : figure.applyAsDouble(application);
    }

    /** @param outcome decision and label, e.g. {@code will-return/RISKY} */
    private void outcome(String application, String outcome) {
        String[] parts = outcome.split("/", 2);
        Tags tags = Tags.of("application", application, "decision", parts[0], "outcome", parts[1]);
        if (registry.find("dougong.outcomes").tags(tags).functionCounter() == null) {
            FunctionCounter.builder(
                            "dougong.outcomes",
                            applications,
                            all -> value(
                                    all,
                                    application,
                                    one -> one.pipeline().outcomes().getOrDefault(outcome, 0L)))
                    .tags(tags)
                    .register(registry);
        }
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
