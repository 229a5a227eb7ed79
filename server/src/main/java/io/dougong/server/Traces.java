package io.dougong.server;

import io.dougong.kernel.Stages;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a span of each request, with the stages of the decision inside it, to a collector that speaks OTLP over HTTP. Spans hold the
 * endpoint's template, never a path, a value or a token. What the collector does not take in time is dropped, never waited for.
 */
final class Traces implements AutoCloseable {

    private static final int INTERNAL_ERROR = 500;
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 5;

    private static final TextMapGetter<HttpServerRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
            return List.copyOf(request.headers().names());
        }

        @Override
        public @Nullable String get(@Nullable HttpServerRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * @param endpoint of the collector, e.g. {@code http://127.0.0.1:4318/v1/traces}
     * @param share of the requests without a sampling caller that are traced, 0 to 1
     */
    Traces(String endpoint, double share, String version) {
        OtlpHttpSpanExporter exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", "dougong")
                        .put("service.version", version)
                        .build())
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(DELAY)
                        .build())
                .build();
        tracer = provider.get("io.dougong.server", version);
    }

    /** The span of a request, child of the caller's if it sent a {@code traceparent}. */
    final class OfRequest implements Stages.Listener {

        private final Span span;
        private final Context inside;

        private OfRequest(Span span) {
            this.span = span;
            this.inside = Context.root().with(span);
        }

        String traceId() {
            return span.getSpanContext().getTraceId();
        }

        @Override
        public Runnable begins(String stage) {
            Span part = tracer.spanBuilder(stage).setParent(inside).startSpan();
            return part::end;
        }

        void ended(int status) {
            span.setAttribute("http.response.status_code", status);
            if (status >= INTERNAL_ERROR) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    OfRequest begin(String template, HttpServerRequest request) {
        String method = request.method().name();
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        return new OfRequest(tracer.spanBuilder(method + " " + template)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", method)
                .setAttribute("http.route", template)
                .startSpan());
    }

    /** Sends what is left. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
