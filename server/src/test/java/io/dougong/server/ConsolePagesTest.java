package io.dougong.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console as a person meets it, in a real browser. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class ConsolePagesTest {

    private static final System.Logger LOG = System.getLogger(ConsolePagesTest.class.getName());
    private static final int DESK = 1280;
    private static final int PHONE = 375;
    private static final List<String> PAGES = List.of(
            "/",
            "/decisions",
            "/reviews",
            "/streams",
            "/features",
            "/lake",
            "/lake/shop_orders",
            "/models",
            "/experiments",
            "/monitors",
            "/audit",
            "/settings");

    private Browsing browsing;
    private String decision = "";
    private String experiment = "";
    private String run = "";

    @BeforeEach
    void open() {
        Optional<Path> chromium = Browsing.chromium();
        if (chromium.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "THE CONSOLE IS NOT TESTED IN A BROWSER: no chromium is on the path (Debian: apt-get install chromium).");
        }
        Assumptions.assumeTrue(chromium.isPresent(), "no chromium");
        Shop.ready(Wire.admin());
        decision = Wire.admin()
                .post(Shop.DECIDE + "?key=pages", Wire.JSON, Shop.question("pages"))
                .json()
                .path("id")
                .asText();
        experiment();
        browsing = new Browsing(chromium.orElseThrow());
    }

    /** Three runs with curves, so that something is compared. */
    private void experiment() {
        String api = "/api/2.0/mlflow/";
        Wire admin = Wire.admin();
        String id = admin.post(api + "experiments/create", Wire.JSON, "{\"name\":\"pages" + System.nanoTime() + "\"}")
                .json()
                .path("experiment_id")
                .asText();
        for (int i = 0; i < 3; i++) {
            String made = admin.post(api + "runs/create", Wire.JSON, "{\"experiment_id\":\"" + id + "\"}")
                    .json()
                    .at("/run/info/run_id")
                    .asText();
            admin.post(
                    api + "runs/log-batch",
                    Wire.JSON,
                    ("{\"run_id\":\"%s\",\"params\":[{\"key\":\"depth\",\"value\":\"%d\"}],\"metrics\":[%s]}")
                            .formatted(
                                    made,
                                    i,
                                    "{\"key\":\"auc\",\"value\":0.%d,\"step\":1},{\"key\":\"auc\",\"value\":0.%d5,\"step\":2}"
                                            .formatted(7 + i % 3, 7 + i % 3)));
            run = "/experiments/" + id + "/runs/" + made;
        }
        experiment = "/experiments/" + id;
    }

    @Test
    void runsAreComparedAndFiltered() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate(experiment);
        assertThat(page.locator(".parallel path")).hasCount(3);
        assertThat(page.locator(".curves path")).hasCount(3);
        page.fill("input[name=filter]", "params.depth = '1'");
        page.click(".filters button");
        assertThat(page.locator("#runs tbody tr")).hasCount(1);
        page.fill("input[name=filter]", "depth >");
        page.click(".filters button");
        assertThat(page.locator("#runs .alert")).containsText("not understood");
        page.navigate(run);
        assertThat(page.locator(".curves path")).hasCount(1);
    }

    @AfterEach
    void close() {
        if (browsing != null) {
            assertThat(browsing.complaints()).isEmpty();
            browsing.close();
        }
    }

    private List<String> pages() {
        return Stream.concat(PAGES.stream(), Stream.of("/decisions/" + decision, experiment, run))
                .toList();
    }

    @Test
    void everyPageIsAccessibleInEnglishAndLight() {
        everyPageIsAccessible(browsing.page("en-US", ColorScheme.LIGHT, DESK), "en");
    }

    @Test
    void everyPageIsAccessibleInChineseAndDark() {
        everyPageIsAccessible(browsing.page("zh-CN", ColorScheme.DARK, DESK), "zh-CN");
    }

    private void everyPageIsAccessible(Page page, String language) {
        for (String path : pages()) {
            page.navigate(path);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            assertThat(page.locator("h1")).hasCount(1);
            assertThat(violations(page)).as(path).isEmpty();
        }
    }

    /** What axe-core finds against WCAG 2.2 A and AA. */
    static List<?> violations(Page page) {
        page.evaluate(axe());
        Object found =
                page.evaluate("async () => (await axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa',"
                        + "'wcag22aa','best-practice']})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' +"
                        + " n.failureSummary).slice(0, 3).join(' | '))");
        return (List<?>) found;
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(ConsolePagesTest.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void noPageIsWiderThanAPhoneAndTheMenuOpens() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, PHONE);
        for (String path : pages()) {
            page.navigate(path);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isLessThanOrEqualTo((int) page.evaluate("document.documentElement.clientWidth"));
        }
        page.click("#menu");
        page.click("nav a[href='/audit']");
        assertThat(page.locator("h1")).hasText("Audit");
    }

    @Test
    void theKeyboardReachesTheContentAndTheButtons() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/audit");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#verify-audit")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#chain")).containsText("The chain holds");
    }

    @Test
    void aDecisionIsReplayedAndChangedOnItsPage() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/decisions/" + decision);
        page.click("#replay");
        assertThat(page.locator("#replayed")).containsText("The same to the last bit");
        page.selectOption(".what-if select", "amount");
        page.fill(".what-if input", "9.5");
        page.click(".what-if button");
        assertThat(page.locator("#changed")).containsText("Would have been");
    }

    @Test
    void decisionsAreAssessedWhereTheyAreWatched() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/monitors");
        page.click("text=Costs, fairness, stability");
        assertThat(page.locator("#assessed-will-return")).containsText("Population stability index");
        assertThat(page.locator("#assessed-will-return")).containsText("amount");
        assertThat(violations(page)).isEmpty();
    }

    @Test
    void theListIsFilteredAsOneTypes() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/decisions");
        page.fill("input[name=q]", "pages");
        assertThat(page.locator("#rows tbody tr")).hasCount(1);
        page.fill("input[name=q]", "no such thing");
        assertThat(page.locator("#rows")).containsText("No decision fits");
    }

    @Test
    void theLakeAnswersSql() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/lake");
        page.fill("textarea", "select count(*) as many from shop_orders");
        page.click("#run-sql");
        assertThat(page.locator("#answer th")).hasText("many");
    }

    @Test
    void languageAndThemeStayAsChosen() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/models");
        page.click("button[name=language]");
        assertThat(page.locator("h1")).hasText("模型");
        page.click("button[name=theme]");
        page.click("button[name=theme]");
        page.navigate("/audit");
        assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
        assertThat(page.locator("h1")).hasText("审计");
    }

    @Test
    void anOpenPageHearsOfNewDecisions() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/");
        Locator decisions = page.locator("[data-live=decisions]");
        long before = Wire.admin()
                .get("/api/v1/decisions?max=1000")
                .json()
                .path("decisions")
                .size();
        Wire.admin().post(Shop.DECIDE, Wire.JSON, Shop.question("heard"));
        assertThat(decisions).hasText(Long.toString(before + 1));
        assertThat(page.locator("#recent")).containsText("heard");
    }

    @Test
    void aPageWeighsLessThan300Kilobytes() {
        Page page = browsing.page("en-US", ColorScheme.LIGHT, DESK);
        page.navigate("/");
        page.waitForLoadState();
        Number bytes = (Number) page.evaluate("[...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')].reduce((sum, e) => sum + e.decodedBodySize, 0)");
        assertThat(bytes.longValue()).isBetween(50_000L, 300_000L);
    }
}
