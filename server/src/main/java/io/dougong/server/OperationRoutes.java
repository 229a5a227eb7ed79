package io.dougong.server;

import io.dougong.trust.Permission;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** What those who run the server ask: figures for Prometheus, and where each setting comes from. */
final class OperationRoutes {

    private static final String TAG = "node";

    private final Metrics metrics;
    private final Config config;

    OperationRoutes(Metrics metrics, Config config) {
        this.metrics = metrics;
        this.config = config;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/metrics")
                        .tag(TAG)
                        .says("Figures for Prometheus, in its text format")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> metrics.scrape()),
                Endpoint.get("/api/v1/config")
                        .tag(TAG)
                        .says("Every setting, its value, and where it comes from")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> Reply.ok(Map.of("settings", SettingNames.shown(config)))));
    }
}
