package io.dougong.server;

import io.quarkus.arc.Arc;
import java.util.List;

/** The endpoints of the running server. */
final class Endpoints {

    private Endpoints() {}

    static List<Endpoint> ofServer() {
        return Arc.container().instance(Server.class).get().endpoints();
    }
}
