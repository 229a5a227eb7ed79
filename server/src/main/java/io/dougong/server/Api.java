package io.dougong.server;

import io.dougong.node.Node;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** The table of contents of the API. */
final class Api {

    private Api() {}

    static List<Endpoint> endpoints(Node node, InstantSource clock, IntSupplier inFlight, Runnable stop) {
        return Stream.of(
                        new ApplicationRoutes(node, clock).endpoints(),
                        new OperateRoutes(node).endpoints(),
                        new EventRoutes(node).endpoints(),
                        new FeastRoutes(node, clock).endpoints(),
                        new DecisionRoutes(node).endpoints(),
                        new ReviewRoutes(node).endpoints(),
                        new AdminRoutes(node, inFlight, stop).endpoints())
                .flatMap(List::stream)
                .toList();
    }
}
