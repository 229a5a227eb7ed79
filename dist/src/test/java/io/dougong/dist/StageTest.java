package io.dougong.dist;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person walks through it: every step in a real browser, until the server was killed and a forgery refused. */
@Tag("soak")
class StageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = Path.of(System.getProperty("dougong.dist"));
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/enter\\?code=\\S+");
    private static final int STEPS = 12;
    private static final double STEP_MILLIS = 240_000;
    private static final long PREPARING_SECONDS = 400;
    private static final int KILL = 9;

    @TempDir
    static Path folder = Path.of("");

    private final Path home = folder.resolve("demo");

    @AfterEach
    void down() {
        new Shell(home).run("down");
    }

    @Test
    void everyStepShowsWhatReallyHappens() throws Exception {
        Path chromium = chromium().orElse(null);
        Assumptions.assumeTrue(chromium != null, "no chromium");
        Path out = folder.resolve("out");
        Process demo = demo(out, "--stage", "hand");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
            Page page = browser.newPage(
                    new Browser.NewPageOptions().setLocale("en-US").setViewportSize(1440, 900));
            page.navigate(link(demo, out));
            page.click("#stage-pause");
            walk(page);
            page.click("#stage-next");
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            demo.destroyForcibly();
        }
        assertThat(Files.readString(out)).doesNotContain("✗");
        assertThat(demo.exitValue()).isZero();
    }

    private void walk(Page page) {
        for (int step = 0; step < STEPS; step++) {
            Locator bar = page.locator("#stage[data-step='" + step + "'][data-busy='false']");
            assertThat(bar).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(STEP_MILLIS));
            check(page, step + 1, facts(page));
            if (step < STEPS - 1) {
                page.click("#stage-next");
            }
        }
    }

    private static void check(Page page, int step, Map<String, String> facts) {
        switch (step) {
            case 1 -> assertThat(page.locator("#recent tr")).hasCount(12);
            case 3 -> assertThat(page.locator("#why.stage-mark")).isVisible();
            case 4 -> assertThat(page.locator("#replayed")).containsText("The same to the last bit");
            case 5 -> assertThat(page.locator("#changed")).containsText("Would have been");
            case 6 -> assertThat(facts.get("Named")).contains("destination=ORD");
            case 7 -> assertThat(page.locator("#healing .story li").first()).isVisible();
            case KILL -> {
                assertThat(facts.get("Found after")).isEqualTo(facts.get("Acknowledged before"));
                String[] sides = facts.getOrDefault("In the log = sent", "").split(" = ");
                assertThat(sides).hasSize(2);
                assertThat(sides[0]).isEqualTo(sides[1]);
                assertThat(facts.get("Records identical")).isEqualTo("500 / 500");
                assertThat(page.locator("#stage.lost")).hasCount(0);
            }
            case 10 -> {
                assertThat(facts.get("Named by the check"))
                        .endsWith("@" + facts.getOrDefault("Flipped entry", "?").replace(",", ""));
                assertThat(page.locator("#chain")).containsText("The chain holds");
            }
            case 11 -> assertThat(facts).containsEntry("Genuine", "✓").containsEntry("Forgery refused", "✓");
            default -> assertThat(page.locator("#stage h2")).not().isEmpty();
        }
        assertThat(page.locator("#stage .stage-facts .tone-high").allTextContents())
                .as("step " + step + ": " + facts)
                .isEmpty();
    }

    private static Map<String, String> facts(Page page) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Locator fact : page.locator("#stage .stage-facts li").all()) {
            facts.put(fact.locator("span").textContent(), fact.locator("strong").textContent());
        }
        return facts;
    }

    private Process demo(Path out, String... options) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-Ddougong.dist=" + DIST,
                "-cp",
                DIST.resolve("lib") + File.separator + "*",
                "io.dougong.apps.flightdelay.Demo",
                "--home",
                home.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        return builder.start();
    }

    /** The address that is printed where there is no browser to open. */
    private static String link(Process demo, Path out) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PREPARING_SECONDS);
        while (System.nanoTime() < deadline && !demo.waitFor(200, TimeUnit.MILLISECONDS)) {
            Matcher found = LINK.matcher(Files.readString(out));
            if (found.find()) {
                return found.group();
            }
        }
        throw new AssertionError(Files.readString(out));
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
