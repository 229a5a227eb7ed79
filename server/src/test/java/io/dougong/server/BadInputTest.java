package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is refused by name, in one form, and nothing has changed afterwards. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class BadInputTest {

    private static final String ORDERS = Shop.ORDERS;

    @ParameterizedTest(name = "{0} {1} {3} → {4} {5}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            GET    | /api/v1/nothing            |      |                              | 404 | unknown-path          | /api/v1/nothing
            GET    | /api/v1/statu              |      |                              | 404 | unknown-path          | Did you mean /api/v1/status
            GET    | /nowhere                   |      |                              | 404 | unknown-path          | openapi.json
            PUT    | /api/v1/status             | json | {}                           | 405 | method-not-allowed    | GET
            DELETE | /api/v1/sql                |      |                              | 405 | method-not-allowed    | POST
            GET    | /api/v1/decisions?maxx=3   |      |                              | 400 | unknown-parameter     | Did you mean 'max'
            GET    | /api/v1/decisions?max=0    |      |                              | 400 | bad-parameter         | 1 to 1000
            GET    | /api/v1/decisions?max=1001 |      |                              | 400 | bad-parameter         | 1 to 1000
            GET    | /api/v1/decisions?max=ten  |      |                              | 400 | bad-parameter         | 'ten'
            GET    | /api/v1/decisions?max=1&max=2 |   |                              | 400 | repeated-parameter    | max
            GET    | /api/v1/decisions/none     |      |                              | 404 | unknown-decision      | none
            GET    | /api/v1/decisions/none/receipt |  |                              | 404 | unknown-decision      | none
            POST   | /api/v1/decisions/none/replay | json | {}                        | 404 | unknown-decision      | none
            POST   | /api/v1/decisions/none/replay | json | {"asOfLake":"yes"}        | 400 | wrong-value           | asOfLake
            POST   | /api/v1/decisions/none/replay | json | {"as_of_lake":true}       | 400 | unknown-field         | asOfLake
            POST   | /api/v1/decisions/none/replay | json | {"set":{"a":[1]}}         | 400 | wrong-value           | set
            POST   | /api/v1/decisions/none/replay | json | {"set":1e999}             | 400 | wrong-value           | set
            POST   | /api/v1/decisions/none/feedback | json | {"label":true}          | 404 | unknown-decision      | none
            POST   | /api/v1/decisions/none/feedback | json | {"label":"true"}        | 400 | wrong-value           | label
            POST   | /api/v1/decisions/none/feedback | json | {}                      | 400 | missing-field         | label
            POST   | /api/v1/decisions/none/feedback | json | {"label":null}          | 400 | missing-field         | label
            POST   | /api/v1/decisions/none/feedback | json | [true]                  | 400 | not-an-object         | object
            POST   | /api/v1/decisions/none/feedback | json | {"label":true}x         | 400 | malformed-json        | line 1
            POST   | /api/v1/decisions/none/feedback | json | {"label":true,"label":false} | 400 | malformed-json   | label
            POST   | /api/v1/decisions/none/feedback | json | {"label":NaN}           | 400 | malformed-json        | NaN
            POST   | /api/v1/decisions/none/feedback | json | ~~                      | 400 | not-an-object         | object
            POST   | /api/v1/decisions/none/feedback | text | {"label":true}          | 415 | unsupported-media-type | application/json
            POST   | /api/v1/decisions/none/feedback |      | {"label":true}          | 415 | unsupported-media-type | no Content-Type
            POST   | /api/v1/applications/shap/decisions/will-return | json | {}      | 404 | unknown-application   | Did you mean 'shop'
            POST   | /api/v1/applications/shop/decisions/will-retur | json | {}       | 404 | unknown-decision      | Did you mean 'will-return'
            POST   | DECIDE                     | json | {}                           | 400 | missing-field         | id
            POST   | DECIDE                     | json | {"id":"x","at":"2026-01-01T00:00:00Z","country":"DE","amount":"dear"} | 400 | wrong-value | amount
            POST   | DECIDE                     | json | {"id":"x","at":"2026-01-01T00:00:00Z","country":"DE","amount":-1} | 400 | wrong-value | between
            POST   | DECIDE                     | json | {"id":"x","at":"yesterday","country":"DE","amount":1} | 400 | wrong-value | timestamp
            POST   | DECIDE                     | json | {"id":"x","amont":1}         | 400 | unknown-field         | Did you mean 'amount'
            POST   | DECIDE                     | json | {"id":"x",                   | 400 | malformed-json        | line 1
            POST   | DECIDE                     | json | 7                            | 400 | not-an-object         | object
            POST   | ORDERS                     | json | {"id":7}                     | 400 | wrong-value           | id
            POST   | ORDERS                     | json | {"id":"a\\ud800","at":"2026-01-01T00:00:00Z","country":"DE","amount":1} | 400 | wrong-value | surrogate
            POST   | DECIDE                     | json | {"id":"a","at":"2026-01-01T00:00:00Z","country":"\\udc00\\ud800","amount":1} | 400 | wrong-value | surrogate
            POST   | ORDERS                     | json | {"id":"b","at":"2126-01-01T00:00:00Z","country":"DE","amount":1} | 400 | event-ahead | 24 h ahead
            POST   | ORDERS                     | json | []                           | 400 | bad-request           | no event
            POST   | ORDERS                     | lines | {"id":"y","at":"2026-01-01T00:00:00Z","country":"DE","amount":1}⏎{"id":"z"} | 400 | missing-field | at
            POST   | /api/v1/applications/shop/streams/oders/events | json | {}       | 404 | unknown-stream        | Did you mean 'orders'
            GET    | /api/v1/applications/shop/streams/orders/events?since=monday | | | 400 | bad-parameter         | since
            POST   | /api/v1/applications       | yaml | application: [               | 400 | bad-manifest          | mistake
            POST   | /api/v1/plans              | yaml | application: shop⏎streems: {} | 400 | bad-manifest         | streams
            POST   | /api/v1/applications/shop/models/retrun-risk/train | | ~~         | 404 | unknown-model         | Did you mean 'return-risk'
            POST   | /api/v1/applications/shop/models/return-risk/promote | json | {"version":1,"route":"CHAMPIGNON"} | 400 | wrong-value | CHAMPION
            POST   | /api/v1/applications/shop/models/return-risk/promote | json | {"version":1.5} | 400 | wrong-value | version
            POST   | /api/v1/applications/shop/features/country_orders | json | {"entity":{"land":"DE"}} | 400 | unknown-field | country
            POST   | /api/v1/applications/shop/features/country_orders | json | {}    | 400 | missing-field         | entity.country
            POST   | /api/v1/sql                | json | {"query":"selec 1"}          | 400 | *                     | *
            POST   | /api/v1/sql                | json | {"query":"drop table shop_orders"} | 400 | *               | *
            POST   | /api/v1/tokens             | json | {"name":"x","roles":["ADMINN"]} | 400 | wrong-value        | ADMIN
            POST   | /api/v1/tokens             | json | {"name":"x","roles":[]}      | 400 | bad-token             | role
            POST   | /api/v1/tokens             | json | {"name":"x","roles":["AUDITOR"],"expires":"2020-01-01T00:00:00Z"} | 400 | bad-token | past
            DELETE | /api/v1/tokens/ffff        |      |                              | 404 | unknown-token         | ffff
            """)
    void isRefusedByNameAndChangesNothing(
            String method, String path, String media, String body, int status, String code, String told) {
        Wire admin = Wire.admin();
        Shop.ready(admin);
        String before = state(admin);
        Wire.Answer answer = admin.send(
                request(admin, method, path.replace("DECIDE", Shop.DECIDE).replace("ORDERS", ORDERS), media, body));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        assertProblem(answer);
        if (!code.equals("*")) {
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.json().path("detail").asText()
                            + answer.json().path("advice").asText())
                    .contains(told);
        }
        assertThat(state(admin)).isEqualTo(before);
    }

    private static java.net.http.HttpRequest.Builder request(
            Wire wire, String method, String path, String media, String body) {
        java.net.http.HttpRequest.Builder request = wire.request(path)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(
                                        body.replace('⏎', '\n').getBytes(StandardCharsets.UTF_8)));
        return media == null ? request : request.header("Content-Type", mediaType(media));
    }

    private static String mediaType(String brief) {
        return switch (brief) {
            case "json" -> "application/json; charset=utf-8";
            case "yaml" -> Wire.YAML;
            case "lines" -> Wire.LINES;
            default -> "text/plain";
        };
    }

    private static void assertProblem(Wire.Answer answer) {
        JsonNode problem = answer.json();
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.has("advice")).isTrue();
    }

    private static String state(Wire admin) {
        JsonNode status = admin.get("/api/v1/status").json();
        return status.path("streams") + " " + admin.get("/api/v1/applications").json() + " "
                + admin.get("/api/v1/tokens").json().path("tokens").size();
    }

    @Test
    void aBodyOverTheLimitIsRefusedWhetherItsLengthIsToldOrNot() {
        Wire admin = Wire.admin();
        byte[] large = new byte[9 * 1024 * 1024];
        Wire.Answer told = admin.send(
                admin.request(ORDERS).header("Content-Type", Wire.LINES).POST(BodyPublishers.ofByteArray(large)));
        assertThat(told.status()).isEqualTo(413);
        assertThat(told.code()).isEqualTo("body-too-large");
        Wire.Answer chunked = admin.send(admin.request(ORDERS)
                .header("Content-Type", Wire.LINES)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));
        assertThat(chunked.code()).isEqualTo("body-too-large");
        assertThat(admin.get("/health/live").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/%zz", "/%", "/api/v1/decisions?max=%zz", "/api/v1/decisions/%zz", "nowhere"})
    void aPathThatIsNotWellFormedIsRefusedLikeEverythingElse(String path) throws IOException {
        URI server = URI.create("http://127.0.0.1:" + Wire.port());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            String head =
                    "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "\"bad-request\"");
        }
    }
}
