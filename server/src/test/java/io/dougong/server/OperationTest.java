package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who run a server look at. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class OperationTest {

    /** The request, read, gather, judge, shadows, record. */
    private static final int SPANS_OF_A_DECISION = 6;

    private static final String DECIDED_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void prometheusFindsRequestsByTemplateAndTheStateOfEachApplication() {
        Wire admin = Wire.admin();
        Shop.ready(admin);
        admin.get("/api/v1/decisions/secret-of-someone");
        String figures = new String(admin.get("/metrics").response().body(), StandardCharsets.UTF_8);
        assertThat(figures)
                .contains(
                        "dougong_http_requests_seconds_count{method=\"GET\",path=\"/api/v1/decisions/{id}\",status=\"404\"}")
                .contains("dougong_follower_lag{application=\"shop\",of=\"lake\"}")
                .contains("dougong_stream_events_total{stream=\"shop.orders\"}")
                .contains("dougong_lane_inside{lane=\"decide\"}")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("secret-of-someone");
    }

    @Test
    void figuresNeedAToken() {
        assertThat(new Wire("").get("/metrics").status()).isEqualTo(401);
    }

    @Test
    void anAnswerTellsTheTraceOfItsCallerOrANewOne() {
        Wire admin = Wire.admin();
        Wire.Answer traced =
                admin.send(admin.request("/health/live").header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));
        assertThat(traced.header("Trace-Id")).isEqualTo(TRACE);
        Wire.Answer malformed = admin.send(admin.request("/health/live").header("traceparent", "00-nonsense"));
        assertThat(malformed.header("Trace-Id")).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(Requests.trace("00-" + "0".repeat(32) + "-b7ad6b7169203331-01"))
                .doesNotMatch("0{32}");
    }

    @Test
    void aDecisionLeavesASpanWithItsStagesUnderTheCallersTrace() throws Exception {
        Wire admin = Wire.admin();
        Shop.ready(admin);
        byte[] question = Shop.question("order-of-someone").getBytes(StandardCharsets.UTF_8);
        Wire.Answer decided = admin.send(admin.request(Shop.DECIDE)
                .header("traceparent", "00-" + DECIDED_TRACE + "-b7ad6b7169203331-01")
                .header("Content-Type", Wire.JSON)
                .POST(BodyPublishers.ofByteArray(question)));
        assertThat(decided.status()).isEqualTo(200);
        String trace = new String(HexFormat.of().parseHex(DECIDED_TRACE), StandardCharsets.ISO_8859_1);
        String spans = spansUntil(admin, trace, SPANS_OF_A_DECISION);
        assertThat(spans)
                .contains("POST /api/v1/applications/{application}/decisions/{decision}")
                .contains("read", "gather", "judge", "shadows", "record", "dougong", "http.route")
                .doesNotContain("order-of-someone", Files.readString(Wire.home().resolve(Bootstrap.FILE)));
    }

    /** All spans until there are so many of this trace. Texts stand in Protocol Buffers as they are, ids as bytes. */
    private static String spansUntil(Wire wire, String trace, int count) throws Exception {
        URI collector = URI.create(ConfigProvider.getConfig().getValue("dougong.trace.endpoint", String.class));
        StringBuilder spans = new StringBuilder();
        while (spans.toString().split(Pattern.quote(trace), -1).length <= count) {
            byte[] message = wire.client()
                    .send(HttpRequest.newBuilder(collector).build(), BodyHandlers.ofByteArray())
                    .body();
            assertThat(message).as("a further span after %s", spans).isNotEmpty();
            spans.append(new String(message, StandardCharsets.ISO_8859_1));
        }
        return spans.toString();
    }

    @Test
    void eachSettingTellsWhereItComesFrom() {
        JsonNode settings = Wire.admin().get("/api/v1/config").json().path("settings");
        assertThat(settings).anySatisfy(setting -> {
            assertThat(setting.path("setting").asText()).isEqualTo("max-ahead");
            assertThat(setting.path("value").asText()).isEqualTo("24h");
            assertThat(setting.path("from").asText()).isEqualTo("default");
        });
    }

    @Test
    void theFileInTheHomeFolderIsReadByNameAndWhatItCannotMeanIsRefused(@TempDir Path home) throws IOException {
        Path file = home.resolve(HomeSettings.FILE);
        Files.writeString(file, "port = 7500 \n# none\nlog.json=true\n");
        HomeSettings settings = new HomeSettings(home);
        assertThat(settings.getValue("dougong.port")).isEqualTo("7500");
        assertThat(settings.getValue("dougong.log.json")).isEqualTo("true");
        SettingNames.check(settings);
        Files.writeString(file, "prot=7500");
        assertThatThrownBy(() -> SettingNames.check(new HomeSettings(home)))
                .isInstanceOfSatisfying(
                        ServerProblem.class,
                        problem -> assertThat(problem.advice()).contains("'port'"));
    }
}
