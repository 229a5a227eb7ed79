package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of more bytes at once than the server has memory for: each is taken or refused with a time to come again, and the server lives. */
class FloodTest {

    private static final String SMALL_HEAP = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx160m";
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 3;
    private static final int EVENTS = 40;
    private static final int EVENT_BYTES = 100_000;

    @TempDir
    Path folder = Path.of("");

    /** 32 clients × 4 MB are about the whole heap, several times over once they are events; this is what a server without bounds does not survive. */
    @Test
    void moreBytesAtOnceThanTheHeapHoldsAreRefusedAndTheServerLives() throws Exception {
        Shell shell = new Shell(folder.resolve("home"), Map.of("JDK_JAVA_OPTIONS", SMALL_HEAP));
        assertThat(shell.run("up", "--detach", "--port", "0").exit()).isZero();
        Path manifest = Path.of("..", "server", "src", "test", "resources", "shop.yaml");
        assertThat(shell.run("apply", manifest.toString()).exit()).isZero();
        long pid = shell.pid();
        Api api = new Api(shell);
        int taken = 0;
        int refused = 0;
        for (HttpResponse<String> answer : flood(api)) {
            if (answer.statusCode() == 200) {
                taken++;
            } else {
                assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                refused++;
            }
        }
        assertThat(refused).isPositive();
        assertThat(taken).isPositive();
        assertThat(shell.pid()).isEqualTo(pid);
        assertThat(api.post(Api.ORDERS, Orders.order("after", 1)).statusCode()).isEqualTo(200);
        assertThat(shell.run("down").exit()).isZero();
    }

    private static List<HttpResponse<String>> flood(Api api) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            String body = body();
            List<Future<List<HttpResponse<String>>>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                all.add(clients.submit(() -> requests(api, body)));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<List<HttpResponse<String>>> one : all) {
                answers.addAll(one.get());
            }
            return answers;
        }
    }

    private static List<HttpResponse<String>> requests(Api api, String body) {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            try {
                answers.add(api.send("POST", Api.ORDERS, "application/x-ndjson", body));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
        return answers;
    }

    /** Large events, the same in every request: what one has taken, the next only finds there. */
    private static String body() {
        StringBuilder lines = new StringBuilder(EVENTS * EVENT_BYTES);
        for (int i = 0; i < EVENTS; i++) {
            lines.append(Orders.order("f" + i, i).replace("\"DE\"", "\"" + "x".repeat(EVENT_BYTES) + "\""))
                    .append('\n');
        }
        return lines.toString();
    }
}
