package io.dougong.server;

import io.dougong.trust.Caller;
import io.vertx.core.MultiMap;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that was let in.
 *
 * @param mediaType of the body, without parameters; empty if there is none
 * @param headers of the request; looked up without regard to case
 * @param parameters of the query, also those that are there more than once
 * @param peer the client's address
 * @param spooled the body, if it was written to a file
 */
@SuppressWarnings("ArrayRecordComponent")
record Call(
        Endpoint endpoint,
        Caller caller,
        Map<String, String> pathParameters,
        Map<String, String> queryParameters,
        String mediaType,
        MultiMap headers,
        MultiMap parameters,
        String peer,
        byte[] bytes,
        @Nullable Path spooled) {

    /** The file that the body was written to. */
    Path file() {
        if (spooled == null) {
            throw new IllegalStateException(endpoint.path() + " does not spool");
        }
        return spooled;
    }

    /** Where a feed's client left off; empty if it did not say. */
    String lastEventId() {
        String id = headers.get("Last-Event-ID");
        return id == null ? "" : id;
    }

    String path(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalStateException(endpoint.path() + " has no " + name);
        }
        return value;
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(queryParameters.get(name));
    }

    int count(String name, int otherwise, int most) {
        return (int) number(name, otherwise, 1, most);
    }

    long number(String name, long otherwise, long least, long most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw outside(name, text.get(), least, most);
        }
        throw outside(name, text.get(), least, most);
    }

    private static ServerProblem outside(String name, String value, long least, long most) {
        String range = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
        return ServerProblem.badParameter(name, value, "a whole number, " + range);
    }

    Optional<Instant> instant(String name) {
        return query(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException malformed) {
                throw ServerProblem.badParameter(name, text, "a time with a zone, e.g. 2001-01-01T00:00:00Z");
            }
        });
    }

    Body body() {
        return Body.read(bytes, endpoint.fields());
    }
}
