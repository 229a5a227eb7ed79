package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed while clients append and decide, ten times over: what it had acknowledged is there, once. */
class KillTest {

    private static final int ROUNDS = 10;
    private static final int CLIENTS = 8;
    private static final String ORDERS = "/api/v1/applications/shop/streams/orders/events";
    private static final String DECIDE = "/api/v1/applications/shop/decisions/will-return";

    @TempDir
    static Path folder = Path.of("");

    private final Shell shell = new Shell(folder.resolve("home"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch enough = new CountDownLatch(0);
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final Queue<String> decisions = new ConcurrentLinkedQueue<>();

    @Test
    void whatWasAcknowledgedIsThereAfterEveryKill() throws Exception {
        up();
        prepare();
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < ROUNDS; round++) {
            enough = new CountDownLatch(20 + random.nextInt(200));
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String name = round + "-" + client;
                clients.add(Thread.ofVirtual().start(() -> hammer(name)));
            }
            assertThat(enough.await(60, TimeUnit.SECONDS))
                    .as(surprises.toString())
                    .isTrue();
            kill();
            assertThat(surprises).isEmpty();
            for (Thread client : clients) {
                client.join();
            }
            up();
            check();
        }
        assertThat(shell.run("audit", "verify").exit()).isZero();
        assertThat(shell.run("down").exit()).isZero();
    }

    private void up() {
        Shell.Result up = shell.run("up", "--detach", "--port", "0");
        assertThat(up.exit()).as(up.err()).isZero();
    }

    private void kill() throws Exception {
        ProcessHandle process = ProcessHandle.of(shell.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    private void prepare() {
        Path manifest = Path.of("..", "server", "src", "test", "resources", "shop.yaml");
        assertThat(shell.run("apply", manifest.toString()).exit()).isZero();
        assertThat(shell.runWith(Orders.orders(300), "events", "append", "shop/orders")
                        .exit())
                .isZero();
        assertThat(shell.runWith(Orders.returns(300), "events", "append", "shop/returns")
                        .exit())
                .isZero();
        assertThat(shell.run("train", "shop/return-risk").exit()).isZero();
        assertThat(shell.run("models", "promote", "shop/return-risk", "1", "--force")
                        .exit())
                .isZero();
    }

    /** Appends and decides in turn until the server is gone; notes only what was acknowledged. */
    private void hammer(String name) {
        String url = shell.url();
        String token = shell.token();
        try {
            for (int i = 0; surprises.isEmpty(); i++) {
                String id = "k" + name + "-" + i;
                if (acknowledged(post(url + ORDERS, token, Orders.order(id, i)))) {
                    events.add(id);
                }
                HttpResponse<String> decided = post(url + DECIDE + "?key=" + id, token, Orders.order("d" + id, i));
                if (acknowledged(decided)) {
                    decisions.add(decided.body().replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1"));
                }
            }
        } catch (IOException killed) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean acknowledged(HttpResponse<String> response) {
        if (response.statusCode() != 200 && response.statusCode() != 429) {
            surprises.add(response.body());
        }
        enough.countDown();
        return response.statusCode() == 200;
    }

    private HttpResponse<String> post(String url, String token, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void check() throws IOException, InterruptedException {
        String stored = get(shell.url() + ORDERS + "?max=10000");
        for (String id : events) {
            String data = "\"data\":{\"id\":\"" + id + "\",";
            assertThat(stored.indexOf(data)).as(id).isNotNegative().isEqualTo(stored.lastIndexOf(data));
        }
        for (String id : decisions) {
            assertThat(get(shell.url() + "/api/v1/decisions/" + id)).contains("\"id\":\"" + id + "\"");
        }
    }

    private String get(String url) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", "Bearer " + shell.token())
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
