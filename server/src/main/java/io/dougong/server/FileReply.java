package io.dougong.server;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.Map;

/** A file or a range of it, sent without being held in memory. A browser saves it and runs nothing in it. */
record FileReply(int status, Path file, long from, long bytes, Map<String, String> headers) implements Answer {

    FileReply {
        headers = Map.copyOf(headers);
    }

    Future<Void> send(HttpServerResponse response) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", "attachment")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::putHeader);
        return bytes == 0 ? response.end() : response.sendFile(file.toString(), from, bytes);
    }
}
