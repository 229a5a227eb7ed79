package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a user types, in the order in which it is typed: later tests use what earlier ones left. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandTest {

    @TempDir
    static Path folder = Path.of("");

    private final Shell shell = new Shell(folder.resolve("home"));

    @Test
    @Order(1)
    void withoutAServerACommandSaysHowToStartOne() {
        Shell.Result result = shell.run("status", "--url", "http://127.0.0.1:9");
        assertThat(result.exit()).isEqualTo(69);
        assertThat(result.err()).contains("dougong up --detach");
        Shell.Result json = shell.run("status", "--json", "--url", "http://127.0.0.1:9");
        assertThat(json.exit()).isEqualTo(69);
        assertThat(json.err()).contains("\"code\":\"not-running\"");
        assertThat(json.out()).isEmpty();
    }

    @Test
    @Order(1)
    void wrongUsageOffersTheNearName() {
        assertThat(shell.run("statsu")).satisfies(result -> {
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("Did you mean 'status'?");
        });
        assertThat(shell.run("tokens", "lisst").err()).contains("Did you mean 'list'?");
        assertThat(shell.run("status", "--jsn").err()).contains("Did you mean '--json'?");
        assertThat(shell.run("decide", "nonsense", "--input", "-").err()).contains("APP/NAME");
        assertThat(shell.run("help", "decide").out()).contains("Examples:");
        assertThat(shell.run("completion").out()).contains("complete -F _complete_dougong");
        assertThat(shell.run("erase", "someone").exit()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void upStartsAServerAndASecondOneIsRefused() {
        Shell.Result up = shell.run("up", "--detach", "--port", "0", "--json");
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(up.out()).contains(shell.url());
        Shell.Result second = shell.run("up", "--detach", "--port", "0");
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("A server runs on");
    }

    @Test
    @Order(3)
    void theWholeLoopStepByStep() throws IOException {
        Path manifest = Path.of("..", "server", "src", "test", "resources", "shop.yaml");
        assertThat(shell.run("apply", manifest.toString(), "--plan").out()).contains("+ stream orders");
        assertThat(shell.run("apply", manifest.toString()).exit()).isZero();
        assertThat(shell.runWith(Orders.orders(300), "events", "append", "shop/orders", "--json")
                        .out())
                .contains("\"appended\" : 300");
        assertThat(shell.runWith(Orders.orders(300), "events", "append", "shop/orders", "--json")
                        .out())
                .contains("\"duplicates\" : 300");
        assertThat(shell.runWith(Orders.returns(300), "events", "append", "shop/returns")
                        .exit())
                .isZero();
        assertThat(shell.run("events", "replay", "shop/orders", "--from", "299", "--json")
                        .out())
                .contains("\"o299\"");
        assertThat(shell.run("events", "tail", "shop/orders", "--from", "10", "--max", "1", "--json")
                        .out())
                .contains("\"o10\"");
        Shell.Result trained = shell.run("train", "shop/return-risk");
        assertThat(trained.exit()).as(trained.err()).isZero();
        assertThat(shell.run("models", "promote", "shop/return-risk", "1").exit())
                .isZero();
        assertThat(shell.run("models", "list", "shop").out()).contains("CHAMPION");
        assertThat(shell.run("sql", "select count(*) as n from shop_orders").out())
                .contains("300");
        assertThat(shell.run("features", "show", "shop/country_orders", "--entity", "country=DE")
                        .out())
                .contains("country_orders.count_1h");
        decisions();
        assertThat(shell.run("features", "verify", "shop").exit()).isZero();
        assertThat(shell.run("audit", "verify").out()).contains("The audit chain holds");
        assertThat(shell.run("doctor").exit()).isZero();
    }

    private void decisions() throws IOException {
        String question = "{\"id\":\"q\",\"at\":\"2026-02-01T00:00:00Z\",\"country\":\"DE\",\"amount\":90}";
        Shell.Result decided = shell.runWith(question, "decide", "shop/will-return", "--input", "-", "--json");
        assertThat(decided.exit()).as(decided.err()).isZero();
        String id = decided.out().replaceAll("(?s).*?\"id\" : \"([^\"]+)\".*", "$1");
        assertThat(shell.run("decisions", "show", id).out()).contains("amount = 90");
        assertThat(shell.run("decisions", "list", "--app", "shop").out()).contains(id);
        assertThat(shell.run("replay", id).out()).contains("Identical to the bit");
        assertThat(shell.run("replay", id, "--set", "amount=1").out()).contains("score.margin");
        assertThat(shell.run("feedback", id, "--label", "true").exit()).isZero();
        assertThat(shell.run("feedback", "none", "--label", "true").exit()).isEqualTo(1);
        Path receipt = folder.resolve("receipt.json");
        assertThat(shell.run("receipt", "get", id, "--out", receipt.toString()).exit())
                .isZero();
        assertThat(shell.run("receipt", "verify", receipt.toString()).out()).contains("The receipt holds");
        Files.writeString(receipt, Files.readString(receipt).replaceFirst("\"issuedMicros\":1", "\"issuedMicros\":2"));
        assertThat(shell.run("receipt", "verify", receipt.toString()).exit()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void aTokenMayDoWhatItsRoleMay() {
        Shell.Result made = shell.run("tokens", "create", "audit", "--role", "auditor");
        String secret = made.out().lines().toList().getLast();
        assertThat(shell.run("audit", "verify", "--token", secret).exit()).isZero();
        Shell.Result denied = shell.run("tokens", "list", "--token", secret);
        assertThat(denied.exit()).isEqualTo(77);
        assertThat(denied.err()).contains("ADMIN");
        assertThat(shell.run("tokens", "list").out()).contains("audit").doesNotContain(secret);
    }

    @Test
    @Order(4)
    void aBackupRestoresIntoAnEmptyHome() {
        Path backup = folder.resolve("backup");
        assertThat(shell.run("backup", backup.toString()).exit()).isZero();
        assertThat(shell.run("backup", backup.toString()).exit()).isEqualTo(1);
        Shell other = new Shell(folder.resolve("other"));
        Shell.Result restored = other.run("restore", backup.toString());
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(other.run("restore", backup.toString()).exit()).isEqualTo(1);
        assertThat(other.run("up", "--detach", "--port", "0").exit()).isZero();
        assertThat(other.run("decisions", "list", "--json").out()).contains("\"outcome\"");
        assertThat(other.run("events", "replay", "shop/orders", "--from", "299", "--json")
                        .out())
                .contains("\"o299\"");
        assertThat(other.run("audit", "verify").exit()).isZero();
        assertThat(other.run("down").exit()).isZero();
    }

    @Test
    @Order(5)
    void downStopsItAndNothingIsLost() {
        assertThat(shell.run("down").exit()).isZero();
        assertThat(shell.run("down").out()).contains("No server runs");
        assertThat(shell.run("up", "--detach", "--port", "0").exit()).isZero();
        assertThat(shell.run("events", "replay", "shop/orders", "--from", "299", "--json")
                        .out())
                .contains("\"o299\"");
        Path before = folder.resolve("before");
        assertThat(shell.run("upgrade", "--backup", before.toString()).err()).contains("dougong down");
        assertThat(shell.run("down").exit()).isZero();
        assertThat(List.of(folder.resolve("home/server.json"))).allMatch(Files::notExists);
        upgradeKeepsACopyAndProvesItself(before);
    }

    private void upgradeKeepsACopyAndProvesItself(Path before) {
        Shell.Result upgraded = shell.run("upgrade", "--backup", before.toString(), "--json");
        assertThat(upgraded.exit()).as(upgraded.err()).isZero();
        assertThat(upgraded.out()).contains("\"formatBefore\":1").contains("\"auditOk\":true");
        assertThat(shell.run("upgrade", "--backup", before.toString()).err()).contains("exists already");
        Shell back = new Shell(folder.resolve("back"));
        assertThat(back.run("restore", before.toString()).exit()).isZero();
        assertThat(back.run("up", "--detach", "--port", "0").exit()).isZero();
        assertThat(back.run("decisions", "list", "--json").out()).contains("\"outcome\"");
        assertThat(back.run("down").exit()).isZero();
    }
}
