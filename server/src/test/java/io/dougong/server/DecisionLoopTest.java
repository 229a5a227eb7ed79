package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.decisions.Receipt;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class DecisionLoopTest {

    private Wire admin = new Wire("");

    @BeforeEach
    void openShop() {
        admin = Wire.admin();
        Shop.ready(admin);
    }

    @Test
    void aDecisionIsAnsweredRecordedReplayedAndSigned() {
        Wire.Answer decided = admin.post(Shop.DECIDE, Wire.JSON, Shop.question("loop"));
        assertThat(decided.status()).isEqualTo(200);
        assertThat(decided.header("Dougong-Position")).startsWith("sys.decisions/0@");
        String id = decided.json().path("id").asText();
        assertThat(decided.json().path("reasons")).isNotEmpty();

        assertThat(admin.get("/api/v1/decisions/" + id).json()).isEqualTo(decided.json());
        assertThat(admin.get("/api/v1/decisions?application=shop&max=1000")
                        .json()
                        .path("decisions"))
                .contains(decided.json());

        JsonNode replay = admin.post("/api/v1/decisions/" + id + "/replay", Wire.JSON, "{}")
                .json();
        assertThat(replay.path("identical").asBoolean()).isTrue();
        JsonNode other = admin.post("/api/v1/decisions/" + id + "/replay", Wire.JSON, "{\"set\":{\"amount\":9.5}}")
                .json();
        assertThat(other.path("recomputed").path("score"))
                .isNotEqualTo(replay.path("recorded").path("score"));

        Receipt receipt = Receipt.fromJson(
                admin.get("/api/v1/decisions/" + id + "/receipt").response().body());
        assertThat(receipt.verified(_ -> true).id()).isEqualTo(id);

        JsonNode feedback = admin.post("/api/v1/decisions/" + id + "/feedback", Wire.JSON, "{\"label\":true}")
                .json();
        assertThat(feedback.path("label").asBoolean()).isTrue();
        assertThat(admin.post("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void oneKeyIsAnsweredOnce() {
        JsonNode first = admin.post(Shop.DECIDE + "?key=k1", Wire.JSON, Shop.question("once"))
                .json();
        JsonNode again = admin.post(Shop.DECIDE + "?key=k1", Wire.JSON, Shop.question("once"))
                .json();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void anEventAppendedTwiceIsKeptOnce() {
        String event = Shop.order("twice", java.time.Instant.parse("2026-03-01T00:00:00Z"), 20);
        assertThat(admin.post(Shop.ORDERS, Wire.JSON, event)
                        .json()
                        .path("appended")
                        .asInt())
                .isEqualTo(1);
        JsonNode again = admin.post(Shop.ORDERS, Wire.JSON, "[" + event + "]").json();
        assertThat(again.path("appended").asInt()).isZero();
        assertThat(again.path("duplicates").asInt()).isEqualTo(1);
    }

    @Test
    void theTailGivesStoredEventsAndGoesOnWhereAClientLeftOff() throws IOException, InterruptedException {
        String path = "/api/v1/applications/shop/streams/orders/tail?from=0";
        try (InputStream feed = admin.client()
                .send(admin.request(path).GET().build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(dataLine(feed, "id: 3")).contains("\"o2\"");
        }
        try (InputStream feed = admin.client()
                .send(admin.request(path).header("Last-Event-ID", "3").GET().build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(dataLine(feed, "id: 4")).contains("\"o3\"");
        }
    }

    private static String dataLine(InputStream feed, String idLine) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(feed, StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (!line.equals(idLine)) {
            line = lines.readLine();
        }
        return lines.readLine();
    }

    @Test
    void featuresLakeModelsAndStatusAnswer() {
        JsonNode values = admin.post(
                        "/api/v1/applications/shop/features/country_orders",
                        Wire.JSON,
                        "{\"entity\":{\"country\":\"DE\"}}")
                .json();
        assertThat(values.path("known").asBoolean()).isTrue();
        assertThat(values.path("values").path("country_orders.count_1h").asDouble())
                .isPositive();
        JsonNode rows = admin.post("/api/v1/sql", Wire.JSON, "{\"query\":\"select count(*) as n from shop_orders\"}")
                .json();
        assertThat(rows.path("rows").path(0).path(0).asLong()).isGreaterThanOrEqualTo(400);
        assertThat(admin.get("/api/v1/applications/shop/models")
                        .json()
                        .path("models")
                        .path(0)
                        .path("roles"))
                .hasToString("[\"CHAMPION\"]");
        assertThat(admin.get("/api/v1/status").json().path("well").asBoolean()).isTrue();
        assertThat(admin.get("/api/v1/doctor").json().path("ok").asBoolean()).isTrue();
        JsonNode check = admin.post("/api/v1/applications/shop/verify-features").json();
        assertThat(check.path("mismatches").asLong()).as(check.toString()).isZero();
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        Wire.Answer again = admin.post("/api/v1/applications", Wire.YAML, Shop.manifest());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("changes")).isEmpty();
    }
}
