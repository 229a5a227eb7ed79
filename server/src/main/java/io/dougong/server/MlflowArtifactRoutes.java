package io.dougong.server;

import static io.dougong.server.MlflowRoutes.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.tracking.ArtifactFiles;
import io.dougong.tracking.ArtifactPath;
import io.dougong.tracking.Run;
import io.dougong.tracking.Tracking;
import io.dougong.tracking.TrackingProblem;
import io.dougong.trust.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /mlflow-artifacts/…}: files that clients put into the platform's own store, and {@code /mlflow/artifacts/list}. */
final class MlflowArtifactRoutes {

    private static final String BASE = MlflowRoutes.API + "/mlflow-artifacts/artifacts";
    private static final String SCHEME = "mlflow-artifacts:/";
    private static final long MOST_BYTES = 64L * 1024 * 1024 * 1024;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    static final String REST = "*";

    private final Tracking tracking;
    private final ArtifactFiles files;

    MlflowArtifactRoutes(Tracking tracking) {
        this.tracking = tracking;
        this.files = tracking.artifacts();
    }

    List<Endpoint> endpoints() {
        return List.of(
                read(
                        Endpoint.get(BASE),
                        call -> listing(ArtifactPath.of(MlflowInput.of(call).textOr("path", "")))),
                Endpoint.get(BASE + "/*")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.FILE)
                        .foreign(0)
                        .answers(this::download),
                Endpoint.put(BASE + "/*")
                        .needs(Permission.TRACK)
                        .in(Lanes.Kind.FILE)
                        .spools(MOST_BYTES, files::spool)
                        .answers(this::upload),
                Endpoint.delete(BASE + "/*")
                        .needs(Permission.TRACK)
                        .in(Lanes.Kind.FILE)
                        .foreign(0)
                        .answers(this::delete),
                read(Endpoint.get(MlflowRoutes.API + "/mlflow/artifacts/list"), this::ofRun));
    }

    static ArtifactPath path(Call call) {
        return ArtifactPath.of(call.path(REST));
    }

    private Answer download(Call call) {
        ArtifactPath path = path(call);
        ArtifactFiles.Stored stored =
                files.find(path).orElseThrow(() -> TrackingProblem.unknown("artifact", path.toString()));
        ByteRange range = ByteRange.of(call.headers().get("Range"), stored.bytes());
        Map<String, String> headers = new HashMap<>(Map.of("ETag", stored.eTag(), "Accept-Ranges", "bytes"));
        if (range == null) {
            return new FileReply(OK, stored.file(), 0, stored.bytes(), headers);
        }
        headers.put("Content-Range", range.header(stored.bytes()));
        return new FileReply(PARTIAL, stored.file(), range.from(), range.bytes(), headers);
    }

    private Answer upload(Call call) {
        ArtifactPath path = path(call);
        files.keep(call.file(), path);
        return MlflowViews.empty();
    }

    private Answer delete(Call call) {
        files.delete(path(call));
        return MlflowViews.empty();
    }

    private Reply listing(ArtifactPath path) {
        ObjectNode json = MlflowViews.object();
        entries(json.putArray("files"), path, "");
        return Reply.ok(json);
    }

    private void entries(ArrayNode array, ArtifactPath path, String prefix) {
        for (ArtifactFiles.Entry entry : files.list(path)) {
            ObjectNode json =
                    array.addObject().put("path", prefix + entry.name()).put("is_dir", entry.folder());
            if (!entry.folder()) {
                json.put("file_size", entry.bytes());
            }
        }
    }

    /** Below the run's own folder; of one whose files lie elsewhere nothing is known here. */
    private Reply ofRun(Call call) {
        MlflowInput input = MlflowInput.of(call);
        Run run = tracking.runs().get(input.runId());
        String below = input.textOr("path", "");
        String uri = run.info().artifactUri();
        ObjectNode json = MlflowViews.object().put("root_uri", uri);
        ArrayNode array = json.putArray("files");
        if (uri.startsWith(SCHEME)) {
            String root = uri.substring(SCHEME.length());
            String path = below.isEmpty() ? root : root + "/" + below;
            entries(array, ArtifactPath.of(path), below.isEmpty() ? "" : below + "/");
        }
        return Reply.ok(json);
    }
}
