package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Open Inference Protocol over HTTP; unchanged clients of others are in interop/. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class InferenceTest {

    private static final String MODEL = "/v2/models/shop__return-risk";

    @BeforeEach
    void ready() {
        Shop.ready(Wire.admin());
    }

    private static JsonNode infer(String inputs) {
        return Wire.admin()
                .post(MODEL + "/infer", Wire.JSON, "{\"id\":\"7\",\"inputs\":[" + inputs + "]}")
                .json();
    }

    private static String input(String name, String datatype, String data, int rows) {
        return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[%d],\"data\":%s}".formatted(name, datatype, rows, data);
    }

    /** Made of the metadata alone, as a foreign client would. */
    private static String inputs(JsonNode metadata, JsonNode decision) {
        StringBuilder all = new StringBuilder();
        for (JsonNode port : metadata.path("inputs")) {
            String value = "null";
            for (JsonNode feature : decision.path("features")) {
                value = feature.path(0).asText().equals(port.path("name").asText())
                        ? feature.path(1).toString()
                        : value;
            }
            all.append(all.isEmpty() ? "" : ",")
                    .append(input(
                            port.path("name").asText(), port.path("datatype").asText(), "[" + value + "]", 1));
        }
        return all.toString();
    }

    @Test
    void theChampionScoresAsItDecides() {
        JsonNode metadata = Wire.admin().get(MODEL).json();
        assertThat(metadata.path("name").asText()).isEqualTo("shop__return-risk");
        assertThat(metadata.path("outputs").path(0).path("name").asText()).isEqualTo("probability");
        JsonNode decision = Wire.admin()
                .post(Shop.DECIDE + "?key=inference", Wire.JSON, Shop.question("inference"))
                .json();
        JsonNode answer = infer(inputs(metadata, decision));
        assertThat(answer.path("id").asText()).isEqualTo("7");
        assertThat(answer.path("model_version").asText())
                .isEqualTo(decision.path("model").path("version").asText());
        assertThat(answer.path("outputs").path(0).path("data").path(0).asDouble())
                .isEqualTo(decision.path("score").path("probability").asDouble());
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThat(infer(input("amont", "FP64", "[1]", 1)).path("error").asText())
                .contains("no input 'amont'")
                .contains("amount");
        assertThat(infer(input("amount", "BYTES", "[\"1\"]", 1)).path("error").asText())
                .contains("expected a number");
        JsonNode unknown = Wire.admin()
                .post("/v2/models/shop__return-risk/versions/99/infer", Wire.JSON, "{\"inputs\":[]}")
                .json();
        assertThat(unknown.path("status").asInt()).isEqualTo(404);
        assertThat(unknown.path("error").asText()).contains("no version '99'");
        assertThat(Wire.admin()
                        .get("/v2/models/shop__retrun-risk")
                        .json()
                        .path("error")
                        .asText())
                .contains("return-risk");
    }

    @Test
    void anUnloadedModelAnswersAgainOnceItIsLoaded() {
        String repository = "/v2/repository/models/shop__return-risk/";
        assertThat(Wire.admin().post(repository + "unload", Wire.JSON, "").status())
                .isEqualTo(200);
        assertThat(Wire.admin().get(MODEL + "/ready").status()).isEqualTo(503);
        assertThat(state()).isEqualTo("UNAVAILABLE");
        assertThat(Wire.admin().post(repository + "load", Wire.JSON, "").status())
                .isEqualTo(200);
        assertThat(Wire.admin().get(MODEL + "/ready").status()).isEqualTo(200);
        assertThat(state()).isEqualTo("READY");
    }

    private static String state() {
        return Wire.admin()
                .post("/v2/repository/index", Wire.JSON, "")
                .json()
                .path(0)
                .path("state")
                .asText();
    }
}
