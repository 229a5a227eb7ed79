package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class ConsoleTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Wire stranger = new Wire("");

    @BeforeEach
    void openShop() {
        Shop.ready(Wire.admin());
    }

    @Test
    void aPageWithoutASessionLeadsToTheLoginAndBack() {
        Wire.Answer answer = stranger.get("/decisions?outcome=REVIEW");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/login?to=%2Fdecisions%3Foutcome%3DREVIEW");
        assertThat(text(stranger.get("/login"))).contains("Sign in");
    }

    @Test
    void aTokenGivesACookieThatScriptsCannotReadAndOtherSitesCannotSend() {
        Wire.Answer answer = stranger.post("/login", FORM, "to=%2Faudit&token=" + admin());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/audit");
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly").contains("SameSite=Strict");
        assertThat(answer.header("Set-Cookie")).doesNotContain(admin());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dgt_nonsense", "", "dgt_"})
    void aWrongTokenIsRefusedWithAReason(String token) {
        Wire.Answer answer = stranger.post("/login", FORM, "token=" + token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(text(answer)).contains("That did not work");
    }

    @Test
    void afterTheLoginNobodyIsSentToAnotherSite() {
        assertThat(stranger.post("/login", FORM, "to=https%3A%2F%2Fevil.example&token=" + admin())
                        .header("Location"))
                .isEqualTo("/");
        assertThat(stranger.post("/login", FORM, "to=%2F%2Fevil.example&token=" + admin())
                        .header("Location"))
                .isEqualTo("/");
    }

    @Test
    void aLinkOpensTheConsoleOnce() {
        String path =
                Wire.admin().post("/api/v1/console-links").json().path("path").asText();
        Wire.Answer first = stranger.get(path);
        assertThat(first.status()).isEqualTo(303);
        assertThat(first.header("Set-Cookie")).contains("HttpOnly");
        assertThat(stranger.get(path).status()).isEqualTo(401);
    }

    @Test
    void anotherPageCannotPressAButtonHere() {
        for (String[] header : new String[][] {
            {"Origin", "http://127.0.0.1:1"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "cross-site"}
        }) {
            HttpRequest.Builder request = session("/preferences")
                    .header("Content-Type", FORM)
                    .header(header[0], header[1])
                    .POST(BodyPublishers.ofString("language=zh"));
            assertThat(stranger.send(request).status()).as(header[1]).isEqualTo(403);
        }
    }

    @Test
    void theApiDoesNotTakeTheCookie() {
        assertThat(stranger.send(session("/api/v1/status").GET()).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/decisions",
                "/reviews",
                "/streams",
                "/features",
                "/lake",
                "/lake/shop_orders",
                "/models",
                "/monitors",
                "/audit",
                "/settings",
                "/login"
            })
    void everyPageHasAStrictPolicyAndNothingFromElsewhere(String path) {
        Wire.Answer answer = stranger.send(session(path).GET());
        assertThat(answer.status()).as(text(answer)).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe")
                .doesNotContain("http");
        assertThat(text(answer))
                .doesNotContain("src=\"http")
                .doesNotContain(" style=\"")
                .doesNotContain("onclick");
    }

    @Test
    void bothLanguagesAreSpoken() {
        assertThat(text(stranger.send(
                        session("/decisions").header("Accept-Language", "zh-CN").GET())))
                .contains("lang=\"zh-CN\"")
                .contains("决策");
    }

    @Test
    void aDecisionIsShownReplayedAndChanged() {
        String id = Wire.admin()
                .post(Shop.DECIDE, Wire.JSON, Shop.question("console"))
                .json()
                .path("id")
                .asText();
        assertThat(text(stranger.send(session("/decisions/" + id).GET())))
                .contains("Change one value")
                .contains("amount");
        assertThat(text(press("/decisions/" + id + "/replay", ""))).contains("The same to the last bit");
        assertThat(text(press("/decisions/" + id + "/what-if", "name=amount&value=9.5")))
                .contains("Would have been");
        Wire.Answer refused = press("/decisions/" + id + "/what-if", "name=amount&value=many");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("not a number");
    }

    @Test
    void theLakeAnswersAndSaysWhatIsWrongWithAQuestion() {
        assertThat(text(press("/lake/sql", "query=select+count(*)+as+many+from+shop_orders")))
                .contains("many");
        Wire.Answer refused = press("/lake/sql", "query=drop+table+shop_orders");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).contains("role=\"alert\"");
    }

    @Test
    void theChainIsVerifiedAndAReceiptChecked() {
        assertThat(text(press("/audit/verify", ""))).contains("The chain holds");
        String id = Wire.admin()
                .post(Shop.DECIDE, Wire.JSON, Shop.question("receipt"))
                .json()
                .path("id")
                .asText();
        String receipt =
                text(stranger.send(session("/decisions/" + id + "/receipt").GET()));
        assertThat(text(press("/audit/receipt", "receipt=" + URLEncoder.encode(receipt, StandardCharsets.UTF_8))))
                .contains("The receipt is genuine");
        String forged = receipt.replaceFirst("\"position\":\"", "\"position\":\"x");
        assertThat(press("/audit/receipt", "receipt=" + URLEncoder.encode(forged, StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTokenIsMadeShownOnceAndRevoked() {
        Wire.Answer made = press("/settings/tokens", "name=of-the-page&roles=AUDITOR");
        assertThat(text(made)).contains("dgt_");
        assertThat(text(stranger.send(session("/settings").GET())))
                .contains("of-the-page")
                .doesNotContain("dgt_");
    }

    @Test
    void whatAnybodyWroteIsEscaped() {
        String hostile = "<script>alert(1)</script>";
        String path = "/decisions?q=" + URLEncoder.encode("\"" + hostile, StandardCharsets.UTF_8);
        assertThat(text(stranger.send(session(path).GET())))
                .doesNotContain(hostile)
                .contains("&lt;script&gt;");
        assertThat(text(stranger.send(session("/decisions/" + URLEncoder.encode(hostile, StandardCharsets.UTF_8))
                        .GET())))
                .doesNotContain(hostile);
    }

    private static HttpRequest.Builder session(String path) {
        String cookie = new Wire("").post("/login", FORM, "token=" + admin()).header("Set-Cookie");
        return new Wire("").request(path).header("Cookie", cookie.split(";", 2)[0]);
    }

    private Wire.Answer press(String path, String form) {
        return stranger.send(session(path)
                .header("Content-Type", FORM)
                .header("HX-Request", "true")
                .POST(BodyPublishers.ofString(form)));
    }

    private static String admin() {
        try {
            return java.nio.file.Files.readString(Wire.home().resolve(Bootstrap.FILE));
        } catch (java.io.IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private static String text(Wire.Answer answer) {
        return new String(answer.response().body(), StandardCharsets.UTF_8);
    }
}
