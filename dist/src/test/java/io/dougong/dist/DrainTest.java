package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load: what the server has taken it answers, then it ends by itself; no event is in the log whose sender was not told. */
class DrainTest {

    private static final int CLIENTS = 8;
    private static final int ANSWERS = 400;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aTerminatedServerAnswersWhatItHasTaken() throws Exception {
        Shell shell = new Shell(folder.resolve("home"));
        assertThat(shell.run("up", "--detach", "--port", "0").exit()).isZero();
        Path manifest = Path.of("..", "server", "src", "test", "resources", "shop.yaml");
        assertThat(shell.run("apply", manifest.toString()).exit()).isZero();
        Api api = new Api(shell);
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Integer> others = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(ANSWERS);
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "c" + client + "-";
            clients.add(Thread.ofVirtual().start(() -> append(api, name, acknowledged, others, enough)));
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        ProcessHandle server = ProcessHandle.of(shell.pid()).orElseThrow();
        server.destroy();
        server.onExit().get(60, TimeUnit.SECONDS);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(others).as("answers that were not 200").allMatch(status -> status == 503);

        assertThat(shell.run("up", "--detach", "--port", "0").exit()).isZero();
        Set<String> stored = new TreeSet<>();
        new Api(shell)
                .ask("GET", Api.ORDERS + "?max=10000", "")
                .path("events")
                .forEach(event -> stored.add(event.at("/data/id").textValue()));
        assertThat(stored).isEqualTo(new TreeSet<>(acknowledged));
        assertThat(shell.run("down").exit()).isZero();
    }

    private static void append(
            Api api, String name, Queue<String> acknowledged, Queue<Integer> others, CountDownLatch enough) {
        try {
            for (int i = 0; others.isEmpty(); i++) {
                HttpResponse<String> answer = api.post(Api.ORDERS, Orders.order(name + i, i));
                if (answer.statusCode() == 200) {
                    acknowledged.add(name + i);
                } else {
                    others.add(answer.statusCode());
                }
                enough.countDown();
            }
        } catch (IOException gone) {
            return;
        }
    }
}
