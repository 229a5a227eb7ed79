package io.dougong.server;

import io.dougong.kernel.Stages;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Notes each request once it is answered: a figure for Prometheus and, if wanted, a line in the log. The line names the endpoint's
 * template, not the path, and nothing of query, body or token, so that no personal value can be in it. The trace id is the
 * caller's (W3C trace context) or a new one, and is told in the answer.
 */
final class Requests {

    private static final Logger LOG = Logger.getLogger("io.dougong.requests");
    private static final String TRACE = "Trace-Id";
    private static final String SPAN = "io.dougong.span";
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final Metrics metrics;
    private final @Nullable Traces traces;

    /** @param traces null if nobody wants spans */
    Requests(Metrics metrics, @Nullable Traces traces) {
        this.metrics = metrics;
        this.traces = traces;
    }

    void begin(String path, RoutingContext context) {
        long start = System.nanoTime();
        Traces.OfRequest span = traces == null ? null : traces.begin(path, context.request());
        String trace = span == null ? trace(context.request().getHeader("traceparent")) : span.traceId();
        context.response().putHeader(TRACE, trace);
        context.put(SPAN, span);
        context.addEndHandler(_ -> {
            ended(path, trace, context, System.nanoTime() - start);
            if (span != null) {
                span.ended(context.response().getStatusCode());
            }
        });
    }

    /** Does the work of a request; its stages become parts of the request's span. */
    static <T, X extends Throwable> T traced(RoutingContext context, ScopedValue.CallableOp<T, X> work) throws X {
        Traces.OfRequest span = context.get(SPAN);
        return span == null ? work.call() : Stages.told(span, work);
    }

    private void ended(String path, String trace, RoutingContext context, long nanos) {
        String method = context.request().method().name();
        int status = context.response().getStatusCode();
        metrics.answered(method, path, status, nanos);
        if (LOG.isInfoEnabled()) {
            long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
            MDC.put("traceId", trace);
            MDC.put("method", method);
            MDC.put("path", path);
            MDC.put("status", status);
            MDC.put("micros", micros);
            LOG.infof("%s %s %d %d µs trace %s", method, path, status, micros, trace);
            MDC.clear();
        }
    }

    /** The trace id of a valid header, or a new one. */
    static String trace(@Nullable String traceparent) {
        if (traceparent != null) {
            Matcher matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches() && !matcher.group(1).chars().allMatch(digit -> digit == '0')) {
                return matcher.group(1);
            }
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    }
}
