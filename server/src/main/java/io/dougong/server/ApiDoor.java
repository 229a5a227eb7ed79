package io.dougong.server;

import io.dougong.trust.Caller;
import io.dougong.trust.Permission;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Programs: a bearer token in, problems as JSON out. */
record ApiDoor(Access access, Writer writer) implements Door {

    @Override
    public Caller admit(HttpServerRequest request, @Nullable Permission needed) {
        return access.admit(
                request.getHeader("Authorization"), request.remoteAddress().hostAddress(), needed);
    }

    @Override
    public void write(RoutingContext context, Reply reply) {
        writer.write(context, reply);
    }

    @Override
    public void refuse(RoutingContext context, Throwable failed) {
        writer.refuse(context, failed);
    }
}
