package io.dougong.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.node.Node;
import io.dougong.node.Status;
import io.dougong.trust.AuditReport;
import java.util.List;

/** Checks everything that can be checked while the node runs, and says what to do. */
final class Doctor {

    private static final long MUCH_LAG = 100_000;

    private final Node node;

    Doctor(Node node) {
        this.node = node;
    }

    ObjectNode examine() {
        ArrayNode checks = Json.mapper().createArrayNode();
        Status status = node.status();
        failures(checks, "followers", status.failures());
        for (Status.OfApplication application : status.applications()) {
            failures(checks, "application " + application.application(), application.failures());
            check(
                    checks,
                    "lag of " + application.application(),
                    application.lag() < MUCH_LAG,
                    application.lag() + " events wait",
                    "More come than are decided: look at 'status' again, maybe add a machine.");
        }
        audit(checks);
        boolean ok = checks.valueStream().allMatch(check -> check.path("ok").asBoolean());
        return Json.mapper().createObjectNode().put("ok", ok).set("checks", checks);
    }

    private static void failures(ArrayNode checks, String name, List<String> failures) {
        check(
                checks,
                name,
                failures.isEmpty(),
                failures.isEmpty() ? "running" : String.join("; ", failures),
                "Nothing acknowledged is lost; it goes on from the log after 'down' and 'up'.");
    }

    private void audit(ArrayNode checks) {
        AuditReport report = node.verifyAudit();
        check(
                checks,
                "audit chain",
                report.ok(),
                report.fault()
                        .map(fault -> fault.reference() + ": " + fault.what())
                        .orElse(report.entries() + " entries hold"),
                "Keep a copy of the home folder, then compare with a backup.");
    }

    private static void check(ArrayNode checks, String name, boolean ok, String detail, String advice) {
        checks.addObject().put("name", name).put("ok", ok).put("detail", detail).put("advice", ok ? "" : advice);
    }
}
