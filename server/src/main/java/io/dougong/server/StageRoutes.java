package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.server.console.Stage;
import io.dougong.trust.Permission;
import java.util.List;

/** For the presenter of a walk through the console. */
final class StageRoutes {

    private static final String TAG = "console";
    private static final long SCENE_BYTES = 256 * 1024L;
    private static final int NO_CONTENT = 204;

    private final Stage stage;

    StageRoutes(Stage stage) {
        this.stage = stage;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/stage")
                        .tag(TAG)
                        .says("Bring a scene of a walk through the console on stage")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.READ)
                        .takes(SCENE_BYTES, Endpoint.JSON)
                        .answers(call -> {
                            stage.show(Json.read(call.bytes(), Stage.Scene.class));
                            return Reply.ok(wishes());
                        }),
                Endpoint.get("/api/v1/stage")
                        .tag(TAG)
                        .says("Whether somebody looks, and what was wished for since the last call")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> Reply.ok(wishes())),
                Endpoint.delete("/api/v1/stage")
                        .tag(TAG)
                        .says("The walk is over")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> {
                            stage.leave();
                            return Reply.json(new byte[0]).as(NO_CONTENT);
                        }));
    }

    private ObjectNode wishes() {
        ObjectNode json = Json.mapper().createObjectNode().put("watched", stage.watched());
        ArrayNode wishes = json.putArray("wishes");
        stage.takeWishes().forEach(wish -> wishes.add(wish.act().name()));
        return json;
    }
}
