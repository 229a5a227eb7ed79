package io.dougong.server;

import static io.dougong.server.BodyField.optional;
import static io.dougong.server.BodyField.required;

import io.dougong.kernel.Suggest;
import io.dougong.kernel.Times;
import io.dougong.lake.SqlLimits;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import io.dougong.trust.Role;
import io.dougong.trust.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** Running the node: state, tokens, audit, erasure, backup, queries, stopping. */
final class AdminRoutes {

    private static final String TAG = "node";
    private static final int ACCEPTED = 202;

    private final Node node;
    private final Doctor doctor;
    private final IntSupplier inFlight;
    private final Runnable stop;

    /**
     * @param inFlight how many calls are inside
     * @param stop begins an orderly stop and returns at once
     */
    AdminRoutes(Node node, IntSupplier inFlight, Runnable stop) {
        this.node = node;
        this.doctor = new Doctor(node);
        this.inFlight = inFlight;
        this.stop = stop;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/v1/status")
                        .tag(TAG)
                        .says("What runs and how far it has come")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> Reply.ok(Views.of(node.status()).put("inFlight", inFlight.getAsInt()))),
                Endpoint.get("/api/v1/doctor")
                        .tag(TAG)
                        .says("Every check, and what to do")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .answers(_ -> Reply.ok(doctor.examine())),
                Endpoint.post("/api/v1/sql")
                        .tag(TAG)
                        .says("Query the lake's tables")
                        .needs(Permission.READ)
                        .in(Lanes.Kind.LONG)
                        .body(required("query", BodyField.Type.TEXT, "one SELECT"))
                        .answers(call -> Reply.ok(Views.of(node.sql(call.body().text("query"), SqlLimits.DEFAULT)))),
                Endpoint.post("/api/v1/audit/verify")
                        .tag("trust")
                        .says("Check the audit chain against every record")
                        .needs(Permission.VERIFY_AUDIT)
                        .in(Lanes.Kind.LONG)
                        .answers(_ -> Reply.ok(Views.of(node.verifyAudit()))),
                Endpoint.post("/api/v1/audit/copies")
                        .tag("trust")
                        .says("Write a copy of the audit chain, for an auditor to keep")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.LONG)
                        .body(required("path", BodyField.Type.TEXT, "a folder that must not exist yet"))
                        .answers(this::copyAudit),
                Endpoint.post("/api/v1/audit/copies/verify")
                        .tag("trust")
                        .says("Check a copy of the audit chain against the records of this node")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.LONG)
                        .body(required("path", BodyField.Type.TEXT, "the folder of the copy"))
                        .answers(call -> Reply.ok(Views.of(
                                node.auditCopies().verify(Path.of(call.body().text("path")))))),
                Endpoint.post("/api/v1/erasures")
                        .tag("trust")
                        .says("Erase a person; cannot be undone")
                        .needs(Permission.ERASE)
                        .in(Lanes.Kind.LONG)
                        .body(required("subject", BodyField.Type.TEXT, "as it stands in the events"))
                        .answers(call -> Reply.ok(node.keyring()
                                .erase(
                                        call.body().text("subject"),
                                        call.caller().actor()))),
                Endpoint.get("/api/v1/tokens")
                        .tag("trust")
                        .says("All tokens, without their secrets")
                        .needs(Permission.MANAGE_TOKENS)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> Reply.ok(Map.of(
                                "tokens",
                                node.keyring().list().stream().map(Views::of).toList()))),
                Endpoint.post("/api/v1/tokens")
                        .tag("trust")
                        .says("Make a token; its secret is told once")
                        .needs(Permission.MANAGE_TOKENS)
                        .in(Lanes.Kind.LONG)
                        .body(
                                required("name", BodyField.Type.TEXT, "what it is for"),
                                required("roles", BodyField.Type.TEXTS, "ADMIN, DECIDER, REVIEWER, AUDITOR, TRAINER"),
                                optional("expires", BodyField.Type.TEXT, "RFC 3339; never if absent"))
                        .answers(this::createToken),
                Endpoint.delete("/api/v1/tokens/{id}")
                        .tag("trust")
                        .says("Make a token stop working")
                        .needs(Permission.MANAGE_TOKENS)
                        .in(Lanes.Kind.LONG)
                        .answers(call -> Reply.ok(Views.of(node.keyring()
                                .revoke(call.path("id"), call.caller().actor())))),
                Endpoint.post("/api/v1/backups")
                        .tag(TAG)
                        .says("Write a copy to restore from, while the server runs")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.LONG)
                        .body(required("path", BodyField.Type.TEXT, "a folder that must not exist yet"))
                        .answers(this::backup),
                Endpoint.post("/api/v1/shutdown")
                        .tag(TAG)
                        .says("Stop: answer what was begun, then end")
                        .needs(Permission.OPERATE)
                        .in(Lanes.Kind.READ)
                        .answers(_ -> shutdown()));
    }

    private Reply backup(Call call) {
        String path = call.body().text("path");
        node.backup(Path.of(path));
        return Reply.ok(Map.of("path", path));
    }

    private Reply copyAudit(Call call) {
        String path = call.body().text("path");
        node.auditCopies().write(Path.of(path));
        return Reply.ok(Map.of("path", path));
    }

    private Reply createToken(Call call) {
        Body body = call.body();
        Tokens.Created created = node.keyring()
                .create(
                        body.text("name"),
                        roles(body.texts("roles")),
                        body.instantIfAny("expires").map(Times::micros),
                        call.caller().actor());
        return Reply.created(Views.of(created.info()).put("secret", created.secret()));
    }

    private static Set<Role> roles(List<String> names) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        List<String> known = Arrays.stream(Role.values()).map(Role::name).toList();
        for (String name : names) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (!known.contains(upper)) {
                throw ServerProblem.badField("roles", "names '" + name + "'", Suggest.near(upper, known));
            }
            roles.add(Role.valueOf(upper));
        }
        return roles;
    }

    private Reply shutdown() {
        stop.run();
        return Reply.ok(Map.of("stopping", true)).as(ACCEPTED);
    }
}
