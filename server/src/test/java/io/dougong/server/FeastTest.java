package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of Feast's feature server; its unchanged SDK is in interop/. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class FeastTest {

    private static final String ROOT = "/feast/shop/";

    @BeforeEach
    void ready() {
        Shop.ready(Wire.admin());
        push();
    }

    private static JsonNode online(String body) {
        return Wire.admin().post(ROOT + "get-online-features", Wire.JSON, body).json();
    }

    private static JsonNode shown(String country) {
        return Wire.admin()
                .post(
                        "/api/v1/applications/shop/features/country_orders",
                        Wire.JSON,
                        "{\"entity\":{\"country\":\"" + country + "\"}}")
                .json();
    }

    @Test
    void valuesAreThoseOfTheView() {
        JsonNode answer = online("""
                {"features": ["country_orders:count_1h"], "entities": {"country": ["FR", "XX"]}, "full_feature_names": true}""");
        assertThat(answer.path("metadata").path("feature_names").toString())
                .isEqualTo("[\"country\",\"country_orders__count_1h\"]");
        JsonNode feature = answer.path("results").path(1);
        assertThat(feature.path("statuses").toString()).isEqualTo("[\"PRESENT\",\"NOT_FOUND\"]");
        assertThat(feature.path("values").path(1).isNull()).isTrue();
        assertThat(feature.path("values").path(0).asDouble())
                .isEqualTo(shown("FR")
                        .path("values")
                        .path("country_orders.count_1h")
                        .asDouble())
                .isGreaterThan(0);
    }

    private static void push() {
        JsonNode pushed = Wire.admin().post(ROOT + "push", Wire.JSON, """
                {"push_source_name": "orders", "to": "online", "df":
                 {"id": ["f1", "f2"], "at": ["2026-04-01T00:00:00Z", "2026-04-01T00:00:01Z"], "country": ["FR", "FR"], "amount": [1, 2.5]}}""").json();
        assertThat(pushed.path("appended").asInt()).isEqualTo(2);
        assertThat(Wire.admin()
                        .post(ROOT + "materialize-incremental", Wire.JSON, "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsPushedIsAnEventAndCounts() {
        JsonNode answer =
                online("{\"features\": [\"country_orders:count_1h\"], \"entities\": {\"country\": [\"FR\"]}}");
        assertThat(answer.path("results").path(1).path("values").path(0).asDouble())
                .isEqualTo(2);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThat(online("{\"features\": [\"country_orders:cuont_1h\"], \"entities\": {\"country\": [\"DE\"]}}")
                        .path("advice")
                        .asText())
                .contains("country_orders:count_1h");
        assertThat(online("{\"features\": [\"country_orders:count_1h\"], \"entities\": {\"land\": [\"DE\"]}}")
                        .path("detail")
                        .asText())
                .contains("entities.country");
        assertThat(online(
                                "{\"features\": [\"country_orders:count_1h\"], \"entities\": {\"country\": [\"DE\"], \"a\": []}}")
                        .path("detail")
                        .asText())
                .contains("different lengths");
    }
}
