package io.dougong.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * What the server is started with.
 *
 * @param host address to bind to
 * @param port to listen on; 0 for any
 * @param hostNames names to answer for besides the local ones
 * @param inFlight the most decisions, and the most appends, at once
 * @param maxAhead how far ahead of the clock an event's time may be
 * @param checkpointEvents how many events may have to be applied again after a crash
 * @param traceEndpoint where spans are sent, OTLP over HTTP; empty for nowhere
 * @param traceShare of the requests that are traced
 * @param drain how long a stop waits for what is being answered
 */
record Settings(
        Path home,
        String host,
        int port,
        Set<String> hostNames,
        int inFlight,
        Duration maxAhead,
        int checkpointEvents,
        String traceEndpoint,
        double traceShare,
        Duration drain,
        String version) {

    private static final int DEFAULT_IN_FLIGHT = 1024;
    private static final Duration DEFAULT_MAX_AHEAD = Duration.ofDays(1);
    private static final int DEFAULT_CHECKPOINT_EVENTS = 200_000;
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

    static Settings of(Config config) {
        return new Settings(
                Path.of(config.getOptionalValue("dougong.home", String.class)
                                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".dougong")
                                        .toString()))
                        .toAbsolutePath(),
                config.getValue("quarkus.http.host", String.class),
                config.getValue("quarkus.http.port", Integer.class),
                config.getOptionalValue("dougong.host-names", String.class)
                        .map(Settings::names)
                        .orElse(Set.of()),
                config.getOptionalValue("dougong.in-flight", Integer.class).orElse(DEFAULT_IN_FLIGHT),
                config.getOptionalValue("dougong.max-ahead", Duration.class).orElse(DEFAULT_MAX_AHEAD),
                config.getOptionalValue("dougong.checkpoint-events", Integer.class)
                        .orElse(DEFAULT_CHECKPOINT_EVENTS),
                config.getOptionalValue("dougong.trace.endpoint", String.class).orElse(""),
                config.getOptionalValue("dougong.trace.share", Double.class).orElse(1.0),
                config.getOptionalValue("dougong.drain", Duration.class).orElse(DEFAULT_DRAIN),
                config.getOptionalValue("quarkus.application.version", String.class)
                        .orElse("dev"));
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
