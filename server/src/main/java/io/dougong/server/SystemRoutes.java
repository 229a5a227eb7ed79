package io.dougong.server;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What answers from memory and needs no token: health and the document of the API. */
final class SystemRoutes {

    private static final int UNAVAILABLE = 503;

    private final Supplier<byte[]> document;
    private final Supplier<Boolean> ready;

    SystemRoutes(Supplier<byte[]> document, Supplier<Boolean> ready) {
        this.document = document;
        this.ready = ready;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/health/live")
                        .tag("system")
                        .says("Whether the process answers")
                        .answers(_ -> Reply.ok(Map.of("status", "UP"))),
                Endpoint.get("/health/ready")
                        .tag("system")
                        .says("Whether calls are taken")
                        .answers(_ -> readiness()),
                Endpoint.get("/api/v1/openapi.json")
                        .tag("system")
                        .says("This document")
                        .answers(_ -> Reply.json(document.get())));
    }

    private Reply readiness() {
        return ready.get()
                ? Reply.ok(Map.of("status", "UP"))
                : Reply.ok(Map.of("status", "DOWN")).as(UNAVAILABLE);
    }
}
