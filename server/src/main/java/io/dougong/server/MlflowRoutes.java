package io.dougong.server;

import io.dougong.tracking.Tracking;
import io.dougong.trust.Permission;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The table of contents of what MLflow's clients call. */
final class MlflowRoutes {

    static final String API = "/api/2.0";

    /** The release of MLflow whose clients are tested against this server. */
    static final String SPOKEN = "3.17.2";

    private static final String V3 = "/api/3.0/mlflow";
    private static final long USUAL_BYTES = 1024 * 1024L;

    private final Tracking tracking;

    MlflowRoutes(Tracking tracking) {
        this.tracking = tracking;
    }

    /** Paths that belong to MLflow; what is under them and not an endpoint is told to be uncovered. */
    static boolean owns(String path) {
        return Stream.of(API + "/mlflow", "/api/2.1/", "/api/3.0/", "/api/4.0/", "/ajax-api/", "/v1/traces")
                .anyMatch(path::startsWith);
    }

    List<Endpoint> endpoints() {
        return Stream.of(
                        system(),
                        new MlflowExperimentRoutes(tracking.experiments()).endpoints(),
                        new MlflowRunRoutes(tracking.runs()).endpoints(),
                        new MlflowLoggedModelRoutes(tracking.loggedModels()).endpoints(),
                        new MlflowRegistryRoutes(tracking.registeredModels()).endpoints(),
                        new MlflowArtifactRoutes(tracking).endpoints(),
                        new MlflowUploadRoutes(tracking).endpoints())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Endpoint> system() {
        return List.of(
                Endpoint.get("/version").foreign(0).answers(_ -> Reply.text("text/plain", SPOKEN)),
                Endpoint.get("/health").foreign(0).answers(_ -> Reply.text("text/plain", "OK")),
                Endpoint.get("/ping").foreign(0).answers(_ -> Reply.text("text/plain", "")),
                Endpoint.get(V3 + "/server-info").foreign(0).answers(_ -> Reply.ok(info())),
                Endpoint.get(V3 + "/server-features").foreign(0).answers(_ -> Reply.ok(info())));
    }

    private static Map<String, Object> info() {
        return Map.of(
                "store_type", "DougongStore",
                "workspaces_enabled", false,
                "trace_archival_enabled", false,
                "multipart_uploads_enabled", true,
                "multipart_downloads_enabled", true);
    }

    /** Waits for the disk. */
    interface Reading {
        Reply answer(Call call);
    }

    /** Completes once it is durable. */
    interface Writing {
        CompletionStage<Reply> answer(Call call);
    }

    static Endpoint read(Endpoint.Builder builder, Reading reading) {
        return builder.tag("mlflow")
                .needs(Permission.READ)
                .in(Lanes.Kind.READ)
                .foreign(USUAL_BYTES)
                .answers(reading::answer);
    }

    static Endpoint write(Endpoint.Builder builder, Writing writing) {
        return write(builder, USUAL_BYTES, writing);
    }

    static Endpoint write(Endpoint.Builder builder, long mostBytes, Writing writing) {
        return builder.tag("mlflow")
                .needs(Permission.TRACK)
                .in(Lanes.Kind.APPEND)
                .foreign(mostBytes)
                .handledBy(writing::answer);
    }
}
