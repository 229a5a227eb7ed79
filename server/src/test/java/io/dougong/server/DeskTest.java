package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The review desk, monitors and healing over HTTP. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class DeskTest {

    private static final String REVIEWS = "/api/v1/applications/shop/reviews";

    private Wire admin = new Wire("");

    @BeforeEach
    void openShop() {
        admin = Wire.admin();
        Shop.ready(admin);
    }

    /** A country that the model never saw is left to a person. */
    private String left(String id) {
        JsonNode decision = admin.post(Shop.DECIDE, Wire.JSON, Shop.question(id).replace("\"DE\"", "\"ZZ\""))
                .json();
        assertThat(decision.path("outcome").asText()).isEqualTo("REVIEW");
        return decision.path("id").asText();
    }

    private Wire with(String role) {
        JsonNode made = admin.post(
                        "/api/v1/tokens", Wire.JSON, "{\"name\":\"desk-%s\",\"roles\":[\"%s\"]}".formatted(role, role))
                .json();
        return new Wire(made.path("secret").asText());
    }

    @Test
    void aCaseIsListedShownAndSettledByAReviewerOnly() {
        String id = left("desk-1");
        JsonNode list = admin.get(REVIEWS + "?max=500").json();
        assertThat(list.path("counts").path("waiting").asLong()).isPositive();
        assertThat(list.path("cases").findValuesAsText("decisionId")).contains(id);
        JsonNode shown = admin.get("/api/v1/reviews/" + id).json();
        assertThat(shown.path("outcomes")).hasSize(2);
        assertThat(shown.path("state").asText()).isEqualTo("OPEN");

        String verdict = "{\"outcome\":\"RISKY\",\"note\":\"new country\"}";
        assertThat(admin.post("/api/v1/reviews/" + id, Wire.JSON, verdict).status())
                .as("who defines models does not overrule them")
                .isEqualTo(403);
        Wire reviewer = with("REVIEWER");
        assertThat(reviewer.post("/api/v1/reviews/" + id, Wire.JSON, "{\"outcome\":\"RISKI\"}")
                        .code())
                .isEqualTo("unknown-outcome");
        JsonNode settled =
                reviewer.post("/api/v1/reviews/" + id, Wire.JSON, verdict).json();
        assertThat(settled.path("state").asText()).isEqualTo("SETTLED");
        assertThat(settled.path("opinions").path(0).path("note").asText()).isEqualTo("new country");
        assertThat(reviewer.post("/api/v1/reviews/" + id, Wire.JSON, verdict).status())
                .isEqualTo(409);
        assertThat(admin.get(REVIEWS + "?state=over&max=500")
                        .json()
                        .path("cases")
                        .findValuesAsText("decisionId"))
                .contains(id);
        assertThat(admin.get("/api/v1/applications/shop/review-agreement")
                        .json()
                        .path("withModel")
                        .path("cases")
                        .asLong())
                .isPositive();
    }

    @Test
    void whatIsNotThereOrNotMeantIsSaid() {
        assertThat(admin.get("/api/v1/reviews/nothing").code()).isEqualTo("no-review-case");
        assertThat(admin.get(REVIEWS + "?state=done").code()).isEqualTo("bad-parameter");
        assertThat(admin.get("/api/v1/applications/shoq/reviews").status()).isEqualTo(404);
    }

    @Test
    void monitorsAreListedAndAModelThatIsNotHealedSaysSo() {
        left("desk-2");
        JsonNode monitors = admin.get("/api/v1/applications/shop/monitors").json();
        assertThat(monitors.path("monitors")).isNotEmpty();
        assertThat(admin.get("/api/v1/applications/shop/healing").json().path("models"))
                .isEmpty();
        assertThat(admin.post("/api/v1/applications/shop/healing/return-risk/hold")
                        .status())
                .isBetween(400, 409);
    }
}
