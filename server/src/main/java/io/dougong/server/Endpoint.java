package io.dougong.server;

import io.dougong.trust.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API. Router, access check, body reader, OpenAPI document and tests all read this, so that they cannot
 * disagree.
 *
 * @param path with parameters in braces, e.g. {@code /api/v1/decisions/{id}}
 * @param permission what the caller needs, or null if none
 * @param lane the line of work it waits in, or null if it answers at once from memory
 * @param mediaTypes what its body may be; empty if it has none
 * @param fields of its JSON body; empty if another reader checks it
 * @param query what is done with query parameters that are not declared
 * @param spool where its body is written to, if it is not held in memory
 */
record Endpoint(
        String method,
        String path,
        String tag,
        String summary,
        @Nullable Permission permission,
        Lanes.@Nullable Kind lane,
        List<Parameter> parameters,
        List<String> mediaTypes,
        long limitBytes,
        List<BodyField> fields,
        Query query,
        @Nullable Spool spool,
        Handler handler) {

    /** What is done with query parameters that are not declared. */
    enum Query {
        REFUSED,
        /** For foreign clients, which may know more than this server. */
        TAKEN
    }

    /** Names a file for a body that comes in; it must not exist yet. */
    interface Spool {
        Path file();
    }

    /** A query parameter. */
    record Parameter(String name, String description) {}

    interface Handler {
        CompletionStage<? extends Answer> handle(Call call) throws Exception;
    }

    interface SimpleHandler {
        Answer handle(Call call) throws Exception;
    }

    static final String JSON = Reply.JSON;

    /** Among the media types where clients of a protocol do not say what they send. */
    static final String UNSAID = "";

    private static final long SMALL_BODY_BYTES = 64 * 1024L;

    static Builder get(String path) {
        return new Builder("GET", path);
    }

    static Builder post(String path) {
        return new Builder("POST", path);
    }

    static Builder delete(String path) {
        return new Builder("DELETE", path);
    }

    static Builder put(String path) {
        return new Builder("PUT", path);
    }

    static Builder patch(String path) {
        return new Builder("PATCH", path);
    }

    boolean hasBody() {
        return !mediaTypes.isEmpty();
    }

    List<String> saidTypes() {
        return mediaTypes.stream().filter(type -> !type.equals(UNSAID)).toList();
    }

    static final class Builder {
        private final String method;
        private final String path;
        private String tag = "node";
        private String summary = "";
        private @Nullable Permission permission;
        private Lanes.@Nullable Kind lane;
        private final List<Parameter> parameters = new ArrayList<>();
        private List<String> mediaTypes = List.of();
        private long limitBytes = SMALL_BODY_BYTES;
        private List<BodyField> fields = List.of();
        private Query query = Query.REFUSED;
        private @Nullable Spool spool;

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        Builder tag(String name) {
            this.tag = name;
            return this;
        }

        Builder says(String text) {
            this.summary = text;
            return this;
        }

        Builder needs(Permission needed) {
            this.permission = needed;
            return this;
        }

        Builder in(Lanes.Kind kind) {
            this.lane = kind;
            return this;
        }

        Builder query(String name, String description) {
            parameters.add(new Parameter(name, description));
            return this;
        }

        /** A body that another reader checks. */
        Builder takes(long mostBytes, String... types) {
            this.limitBytes = mostBytes;
            this.mediaTypes = List.of(types);
            return this;
        }

        /** A JSON body of these fields. */
        Builder body(BodyField... declared) {
            this.fields = List.of(declared);
            this.mediaTypes = List.of(JSON);
            return this;
        }

        /** Any query parameter, and a body of any type that the handler reads. */
        Builder foreign(long mostBytes) {
            this.query = Query.TAKEN;
            this.limitBytes = mostBytes;
            return this;
        }

        /** A body of any type that is written to a file as it comes. */
        Builder spools(long mostBytes, Spool files) {
            this.spool = files;
            return foreign(mostBytes);
        }

        Endpoint answers(SimpleHandler simple) {
            return handledBy(call -> CompletableFuture.completedFuture(simple.handle(call)));
        }

        Endpoint handledBy(Handler handler) {
            return new Endpoint(
                    method,
                    path,
                    tag,
                    summary,
                    permission,
                    lane,
                    List.copyOf(parameters),
                    mediaTypes,
                    limitBytes,
                    fields,
                    query,
                    spool,
                    handler);
        }
    }
}
