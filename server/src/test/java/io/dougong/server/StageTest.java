package io.dougong.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody presents: the bar at the bottom of the console, as who looks meets it. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class StageTest {

    private static final String STAGE = "/api/v1/stage";
    private static final int DESK = 1280;
    private static final int PHONE = 375;
    private static int cues;

    private final Wire admin = Wire.admin();
    private String decision = "";
    private Browsing browsing;

    @BeforeEach
    void open() {
        Shop.ready(admin);
        decision = admin.post(Shop.DECIDE + "?key=stage", Wire.JSON, Shop.question("stage"))
                .json()
                .path("id")
                .asText();
        Optional<Path> chromium = Browsing.chromium();
        Assumptions.assumeTrue(chromium.isPresent(), "no chromium");
        browsing = new Browsing(chromium.orElseThrow());
    }

    @AfterEach
    void close() {
        if (browsing != null) {
            browsing.close();
        }
        admin.delete(STAGE);
    }

    /** A scene on a page; hands are JSON. */
    private JsonNode show(int step, String title, String page, String mark, String hands) {
        String scene = ("{'step':%d,'steps':3,'busy':false,'playing':false,'title':{'en':'%s','zh':'标题'},"
                        + "'text':{'en':'It is told.','zh':'讲述。'},"
                        + "'facts':[{'name':{'en':'Before','zh':'之前'},'value':{'en':'7','zh':'7'},'tone':'low'}],"
                        + "'command':'dougong status','answer':'well','cue':%d,'page':'%s','mark':'%s','hands':%s}")
                .formatted(step, title, ++cues, page, mark, hands)
                .replace('\'', '"');
        Wire.Answer answer = admin.post(STAGE, Wire.JSON, scene);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private void awaitWish(String wish) {
        for (int i = 0; i < 100; i++) {
            for (JsonNode wished : admin.get(STAGE).json().path("wishes")) {
                assertThat(wished.asText()).isEqualTo(wish);
                return;
            }
            browsing.pause(50);
        }
        throw new AssertionError("nobody wished for " + wish);
    }

    @Test
    void thePageFollowsTheSceneAndItsHandsPressWhatTheyAreToldTo() {
        show(0, "First", "/decisions/" + decision, "#prove", "[{'target':'#replay','value':''}]");
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.waitForURL("**/decisions/" + decision);
        assertThat(page.locator("#stage h2")).hasText("First");
        assertThat(page.locator("#prove.stage-mark")).isVisible();
        assertThat(page.locator("#replayed")).containsText("The same to the last bit");
        show(1, "Second", "/audit", "", "[]");
        page.waitForURL("**/audit");
        assertThat(page.locator("#stage .stage-step")).hasText("Step 2 of 3");
        assertThat(page.locator(".stage-facts")).containsText("7");
        assertThat(page.locator(".stage-command")).containsText("$ dougong status");
        assertThat(browsing.complaints()).isEmpty();
    }

    @Test
    void buttonsAndArrowsTellThePresenterWhatIsWished() {
        show(1, "Second", "/audit", "", "[]");
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.waitForURL("**/audit");
        page.click("#stage-next");
        awaitWish("NEXT");
        page.keyboard().press("ArrowLeft");
        awaitWish("BACK");
        page.focus("textarea");
        page.keyboard().press("ArrowRight");
        page.click("#stage-play");
        awaitWish("PLAY");
        page.click("#stage-exit");
        awaitWish("EXIT");
        admin.delete(STAGE);
        page.navigate("/");
        assertThat(page.locator("#stage")).hasCount(0);
    }

    @Test
    void somebodyWhoLooksIsSeenAndOnlyThen() {
        assertThat(show(0, "First", "/audit", "", "[]").path("watched").asBoolean())
                .isFalse();
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.waitForResponse("**/stage?tag=*", () -> {});
        assertThat(admin.get(STAGE).json().path("watched").asBoolean()).isTrue();
    }

    @Test
    void theBarIsAccessibleInBothLanguagesAndHidesNothingOnAPhone() {
        show(0, "First", "/audit", "", "[]");
        Page english = browsing.page("en-US", ColorScheme.LIGHT, PHONE);
        english.waitForURL("**/audit");
        assertThat(ConsolePagesTest.violations(english)).isEmpty();
        assertThat((int) english.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo((int) english.evaluate("document.documentElement.clientWidth"));
        english.evaluate("window.scrollTo(0, document.body.scrollHeight)");
        assertThat((boolean) english.evaluate("document.querySelector('main .card:last-child').getBoundingClientRect()"
                        + ".bottom <= document.getElementById('stage').getBoundingClientRect().top"))
                .isTrue();
        Page chinese = browsing.page("zh-CN", ColorScheme.DARK, DESK);
        chinese.waitForURL("**/audit");
        assertThat(chinese.locator("#stage h2")).hasText("标题");
        assertThat(ConsolePagesTest.violations(chinese)).isEmpty();
    }

    @Test
    void onlyAnOperatorMayPresent() {
        assertThat(new Wire("").get(STAGE).status()).isEqualTo(401);
        HttpRequest.Builder wish = new Wire("").request("/stage/next").POST(BodyPublishers.ofString("wish=next"));
        assertThat(new Wire("")
                        .send(wish.header("Content-Type", "application/x-www-form-urlencoded"))
                        .status())
                .isIn(List.of(303, 401));
        assertThat(admin.post(STAGE, Wire.JSON, "{\"step\":0,\"nonsense\":1}").status())
                .isEqualTo(400);
    }
}
