package io.dougong.server;

import io.dougong.trust.Caller;
import io.dougong.trust.Permission;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** How one kind of client comes in: what it shows to be admitted, and how it is answered and told no. */
interface Door {

    /** Who asks. Runs on a platform thread. */
    Caller admit(HttpServerRequest request, @Nullable Permission needed);

    void write(RoutingContext context, Reply reply);

    void refuse(RoutingContext context, Throwable failed);
}
