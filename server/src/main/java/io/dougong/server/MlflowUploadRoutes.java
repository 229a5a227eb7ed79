package io.dougong.server;

import static io.dougong.server.MlflowArtifactRoutes.path;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.tracking.ArtifactFiles;
import io.dougong.tracking.ArtifactPath;
import io.dougong.tracking.MultipartUploads;
import io.dougong.tracking.Tracking;
import io.dougong.tracking.TrackingProblem;
import io.dougong.trust.Permission;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Large files in parts: {@code /mlflow-artifacts/mpu/…} up, {@code /mlflow-artifacts/presigned/…} down. The addresses that are handed
 * out are this server's own, and come with the caller's own token as the header to send.
 */
final class MlflowUploadRoutes {

    private static final String BASE = MlflowRoutes.API + "/mlflow-artifacts";
    private static final String PARTS = BASE + "/mpu/parts/";
    private static final long MOST_PART_BYTES = 5L * 1024 * 1024 * 1024;
    private static final long SMALL_BYTES = 4 * 1024 * 1024L;

    private final MultipartUploads uploads;
    private final ArtifactFiles files;

    MlflowUploadRoutes(Tracking tracking) {
        this.uploads = tracking.uploads();
        this.files = tracking.artifacts();
    }

    List<Endpoint> endpoints() {
        return List.of(
                small(Endpoint.post(BASE + "/mpu/create/*"), this::create),
                Endpoint.put(PARTS + "{upload_id}/{number}")
                        .needs(Permission.TRACK)
                        .in(Lanes.Kind.FILE)
                        .spools(MOST_PART_BYTES, files::spool)
                        .answers(this::part),
                small(Endpoint.post(BASE + "/mpu/complete/*"), this::complete),
                small(Endpoint.post(BASE + "/mpu/abort/*"), this::abort),
                Endpoint.get(BASE + "/presigned/*")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.FILE)
                        .foreign(0)
                        .answers(this::presigned));
    }

    private static Endpoint small(Endpoint.Builder builder, Endpoint.SimpleHandler handler) {
        return builder.needs(Permission.TRACK)
                .in(Lanes.Kind.FILE)
                .foreign(SMALL_BYTES)
                .answers(handler);
    }

    /** The folder is in the path, the name of the file in the body. */
    private static ArtifactPath target(Call call, MlflowInput input) {
        String name = input.text("path");
        String file = name.substring(name.lastIndexOf('/') + 1);
        return ArtifactPath.of(path(call) + "/" + file);
    }

    private Answer create(Call call) {
        MlflowInput input = MlflowInput.of(call);
        int parts = input.count("num_parts", 1);
        String id = uploads.begin(target(call, input), parts);
        ObjectNode json = MlflowViews.object().put("upload_id", id);
        ArrayNode credentials = json.putArray("credentials");
        for (int number = 1; number <= parts; number++) {
            ObjectNode credential = credentials
                    .addObject()
                    .put("url", origin(call) + PARTS + id + "/" + number)
                    .put("part_number", number);
            credential.set("headers", headers(call));
        }
        return Reply.ok(json);
    }

    private static ObjectNode headers(Call call) {
        return MlflowViews.object().put("Authorization", call.headers().get("Authorization"));
    }

    private static String origin(Call call) {
        boolean secure = "https".equalsIgnoreCase(call.headers().get("X-Forwarded-Proto"));
        return (secure ? "https://" : "http://") + call.headers().get("Host");
    }

    private Answer part(Call call) {
        String eTag = uploads.take(call.path("upload_id"), number(call.path("number")), call.file());
        return MlflowViews.empty().with("ETag", eTag);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw TrackingProblem.badValue("number", text, "a whole number");
        }
    }

    private Answer complete(Call call) {
        MlflowInput input = MlflowInput.of(call);
        uploads.complete(
                input.text("upload_id"),
                target(call, input),
                input.list(
                        "parts",
                        part -> new MultipartUploads.Part(part.count("part_number", 0), part.textOr("etag", ""))));
        return MlflowViews.empty();
    }

    private Answer abort(Call call) {
        uploads.abort(MlflowInput.of(call).text("upload_id"));
        return MlflowViews.empty();
    }

    private Answer presigned(Call call) {
        ArtifactPath path = path(call);
        ArtifactFiles.Stored stored =
                files.find(path).orElseThrow(() -> TrackingProblem.unknown("artifact", path.toString()));
        String encoded = path.parts().stream()
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        ObjectNode json = MlflowViews.object()
                .put("url", origin(call) + BASE + "/artifacts/" + encoded)
                .put("file_size", stored.bytes());
        json.set("headers", headers(call));
        return Reply.ok(json);
    }
}
