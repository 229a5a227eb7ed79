package io.dougong.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What open pages of the console cost the server: its processor time over some seconds without a page, and with so many that hear the live
 * feed. Arguments: home of a server that runs, pages, seconds of each part. To see the price of the pages alone, let nothing else happen.
 */
public final class ConsoleFeed {

    private final URI address;
    private final ProcessHandle server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong bytes = new AtomicLong();

    private ConsoleFeed(RunningServer running) throws IOException {
        this.address = URI.create("http://127.0.0.1:" + running.port());
        long pid = Long.parseLong(
                Files.readString(running.home().resolve("server.json")).replaceAll("(?s).*\"pid\":(\\d+).*", "$1"));
        this.server = ProcessHandle.of(pid).orElseThrow();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunningServer running =
                RunningServer.at(Path.of("."), Path.of(arguments[0]).toAbsolutePath());
        int pages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        ConsoleFeed feed = new ConsoleFeed(running);
        String cookie = feed.cookie(running.token());
        double without = feed.share(seconds);
        List<InputStream> open = new ArrayList<>();
        for (int page = 0; page < pages; page++) {
            open.add(feed.open(cookie));
        }
        Thread.sleep(2_000);
        long before = feed.bytes.get();
        double with = feed.share(seconds);
        long heard = feed.bytes.get() - before;
        System.out.printf(
                "%d pages: %.2f %% of a core; without: %.2f %%; so the pages cost %.2f %%; %.1f kB/s a page%n",
                pages, 100 * with, 100 * without, 100 * (with - without), heard / 1e3 / pages / seconds);
        for (InputStream one : open) {
            one.close();
        }
    }

    /** Of a core, over these seconds. */
    private double share(int seconds) throws InterruptedException {
        Duration before = server.info().totalCpuDuration().orElseThrow();
        long started = System.nanoTime();
        Thread.sleep(1_000L * seconds);
        long cpu = server.info().totalCpuDuration().orElseThrow().minus(before).toNanos();
        return (double) cpu / (System.nanoTime() - started);
    }

    private String cookie(String token) throws IOException, InterruptedException {
        String link = http.send(
                        HttpRequest.newBuilder(address.resolve("/api/v1/console-links"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body()
                .replaceAll("(?s).*\"path\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        HttpResponse<Void> entered =
                http.send(HttpRequest.newBuilder(address.resolve(link)).build(), BodyHandlers.discarding());
        return entered.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    private InputStream open(String cookie) throws IOException, InterruptedException {
        InputStream feed = http.send(
                        HttpRequest.newBuilder(address.resolve("/live"))
                                .header("Cookie", cookie)
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
        Thread.ofVirtual().start(() -> listen(feed));
        return feed;
    }

    private void listen(InputStream feed) {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int read = feed.read(buffer); read >= 0; read = feed.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException closed) {
            bytes.addAndGet(0);
        }
    }
}
