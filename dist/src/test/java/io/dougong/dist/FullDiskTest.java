package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under the home folder runs full while the server works: what needs space is refused, what was acknowledged stays, and it goes on when there is space again. */
class FullDiskTest {

    private static final int ASKED = 12;
    private static final int UNDER_WAY = 1_500;
    private static final int CHECKPOINT_EVENTS = 20;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aFullDiskRefusesWithAReasonAndTheServerGoesOnWhenThereIsSpace() throws Exception {
        Path home = folder.toRealPath().resolve("home");
        Optional<PowerCut> found = PowerCut.under(home, folder.resolve("state"));
        assumeThat(found)
                .as("no full disk was tested: there is no C compiler (cc) for Linux on this machine")
                .isPresent();
        PowerCut disk = found.orElseThrow();
        Map<String, String> environment = new HashMap<>(disk.environment());
        environment.put("DOUGONG_CHECKPOINT_EVENTS", Integer.toString(CHECKPOINT_EVENTS));
        Shell shell = new Shell(home, environment);
        Ledger ledger = new Ledger();
        assertThat(shell.run("up", "--detach", "--port", "0").exit()).isZero();
        ShopSetup.learnt(shell, ledger);
        Api api = new Api(shell);
        decide(api, ledger, "before");

        fillWhileEventsAreUnderWay(disk, api, ledger);
        for (int i = 0; i < ASKED; i++) {
            refused(api.post(Api.ORDERS, Orders.order("full" + i, 400 + i)));
            refused(api.post(Api.DECIDE, Orders.order("dfull" + i, 400 + i)));
            refused(api.post("/api/v1/tokens", "{\"name\":\"full\",\"roles\":[\"AUDITOR\"]}"));
            assertThat(api.get("/api/v1/decisions?max=5").statusCode()).isEqualTo(200);
        }
        assertThat(api.post("/api/v1/applications/shop/verify-features", "").statusCode())
                .as("the lake cannot take in what waits for it")
                .isEqualTo(503);
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);

        disk.free();
        decide(api, ledger, "after");
        ledger.check(api, new SplittableRandom(1));
        assertThat(shell.run("down").exit()).isZero();
        assertThat(shell.run("up", "--detach", "--port", "0").exit()).isZero();
        ledger.check(new Api(shell), new SplittableRandom(2));
        assertThat(shell.run("down").exit()).isZero();
    }

    /** So that features are to be stored, and decisions recorded, when there is no space any more. */
    private static void fillWhileEventsAreUnderWay(PowerCut disk, Api api, Ledger ledger) throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < UNDER_WAY; i++) {
            many.append(Orders.order("under-way" + i, 380)).append('\n');
        }
        assertThat(api.send("POST", Api.ORDERS, "application/x-ndjson", many.toString())
                        .statusCode())
                .isEqualTo(200);
        disk.fill();
        for (int i = 0; i < UNDER_WAY; i++) {
            ledger.events.add("under-way" + i);
        }
    }

    private static void refused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isIn(503, 507);
        JsonNode problem = Api.tree(response.body());
        assertThat(problem.path("code").asText()).isIn("log-write-failed", "storage-unavailable");
        assertThat(problem.path("advice").asText()).contains("disk is full");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    private static void decide(Api api, Ledger ledger, String name) throws IOException {
        for (int i = 0; i < ASKED; i++) {
            String id = name + i;
            assertThat(api.post(Api.ORDERS, Orders.order(id, 350 + i)).statusCode())
                    .isEqualTo(200);
            ledger.events.add(id);
            HttpResponse<String> decided = api.post(Api.DECIDE, Orders.order("d" + id, 350 + i));
            assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
            ledger.decisions.put(Api.tree(decided.body()).path("id").textValue(), decided.body());
        }
    }
}
