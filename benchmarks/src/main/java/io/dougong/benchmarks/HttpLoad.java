package io.dougong.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Durable decisions over HTTP with reasons, as many as go: each connection asks again as soon as it is answered. The client runs on
 * the same cores. Arguments: connections, seconds.
 */
public final class HttpLoad {

    private static final int ROOM = 5_000_000;
    private static final String PATH = "/api/v1/applications/" + Bank.NAME + "/decisions/" + Bank.DECISION;

    private final HttpClient client;
    private final RequestOptions question;
    private final AtomicLong next = new AtomicLong(2_000_000);
    private final AtomicInteger refused = new AtomicInteger();
    private final Latencies latencies = new Latencies(ROOM);
    private final CountDownLatch done;
    private final long endNanos;

    private HttpLoad(HttpClient client, RequestOptions question, int connections, long endNanos) {
        this.client = client;
        this.question = question;
        this.done = new CountDownLatch(connections);
        this.endNanos = endNanos;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        Path home = Files.createTempDirectory("http-load");
        Bank.open(home).close();
        RunningServer.at(Path.of(".."), home).prepare();
        Vertx vertx = Vertx.vertx();
        try (RunningServer server = RunningServer.start(Path.of(".."), home)) {
            HttpClient client = vertx.createHttpClient(
                    new HttpClientOptions(),
                    new PoolOptions().setHttp1MaxSize(connections).setEventLoopSize(1));
            RequestOptions question = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(server.port())
                    .setURI(PATH)
                    .putHeader("Authorization", "Bearer " + server.token())
                    .putHeader("Content-Type", "application/json");
            run("cold", client, question, connections, seconds);
            run("warm", client, question, connections, seconds);
        } finally {
            vertx.close();
        }
    }

    private static void run(String what, HttpClient client, RequestOptions question, int connections, int seconds)
            throws InterruptedException {
        long start = System.nanoTime();
        HttpLoad load = new HttpLoad(client, question, connections, start + seconds * 1_000_000_000L);
        for (int i = 0; i < connections; i++) {
            load.ask();
        }
        load.done.await();
        double taken = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s, %d connections: %s, refused %d%n",
                what, connections, load.latencies.report(taken), load.refused.get());
    }

    private void ask() {
        long asked = System.nanoTime();
        if (asked >= endNanos) {
            done.countDown();
            return;
        }
        client.request(question)
                .compose(request ->
                        request.send(io.vertx.core.buffer.Buffer.buffer(Bank.transfer(next.getAndIncrement()))))
                .compose(response -> response.body().map(_ -> response))
                .onSuccess(response -> answered(response, asked))
                .onFailure(failure -> {
                    refused.incrementAndGet();
                    done.countDown();
                });
    }

    private void answered(HttpClientResponse response, long asked) {
        if (response.statusCode() == 200) {
            latencies.add(System.nanoTime() - asked);
        } else {
            refused.incrementAndGet();
        }
        ask();
    }
}
