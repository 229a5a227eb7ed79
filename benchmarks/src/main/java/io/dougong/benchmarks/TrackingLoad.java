package io.dougong.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Batches of 20 metrics and searches of MLflow's protocol over HTTP, against this server or another that speaks it. Batches come from
 * several clients at once, each into a run of its own; searches come one after another, 100 runs a page. Arguments: address, token or
 * {@code -}, id of a filled experiment, seconds of each part.
 */
public final class TrackingLoad {

    private static final int CLIENTS = 8;
    private static final int ROOM = 1_000_000;
    private static final String API = "/api/2.0/mlflow/";

    /** Filters and orders as people use them; %s is a threshold. */
    private static final List<String[]> SEARCHES = List.of(
            new String[] {"newest", "", ""},
            new String[] {"best", "", "metrics.m3 DESC"},
            new String[] {"one parameter", "params.depth = '3'", ""},
            new String[] {"one seed", "params.seed = '%s'", ""},
            new String[] {"metric above, few", "metrics.m5 > 0.999", ""},
            new String[] {"metric above, half", "metrics.m5 > 0.5", "metrics.m7 DESC"},
            new String[] {
                "two metrics and a tag", "metrics.m1 > 0.9 AND metrics.m2 < 0.1 AND tags.team = 't3'", "metrics.m3 ASC"
            },
            new String[] {"name", "attributes.run_name LIKE 'run-77%%'", ""});

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final String token;
    private final String experiment;

    private TrackingLoad(String address, String token, String experiment) {
        this.address = address;
        this.token = token;
        this.experiment = experiment;
    }

    public static void main(String[] arguments) throws Exception {
        TrackingLoad load = new TrackingLoad(arguments[0], arguments[1], arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        load.batches(2);
        System.out.println("log-batch, " + CLIENTS + " clients " + load.batches(seconds));
        Latencies all = new Latencies(ROOM);
        double spent = 0;
        for (String[] search : SEARCHES) {
            spent += load.search(search, Math.max(1, seconds / 4.0), all);
        }
        System.out.println("all searches            " + all.report(spent));
    }

    private String batches(int seconds) throws InterruptedException {
        Latencies taken = new Latencies(ROOM);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> Thread.ofPlatform().start(() -> client(end, taken)))
                .toList();
        for (Thread client : clients) {
            client.join();
        }
        return taken.report(seconds);
    }

    private void client(long end, Latencies taken) {
        String made = post("runs/create", "{\"experiment_id\":\"0\",\"start_time\":1}");
        String run = made.replaceAll("(?s).*\"run_id\": *\"([^\"]+)\".*", "$1");
        for (long step = 0; System.nanoTime() < end; step++) {
            long at = step;
            String metrics = IntStream.range(0, 20)
                    .mapToObj(m ->
                            "{\"key\":\"m%d\",\"value\":%d.5,\"timestamp\":%d,\"step\":%d}".formatted(m, at, at, at))
                    .collect(Collectors.joining(","));
            long begun = System.nanoTime();
            post("runs/log-batch", "{\"run_id\":\"" + run + "\",\"metrics\":[" + metrics + "]}");
            taken.add(System.nanoTime() - begun);
        }
    }

    private double search(String[] search, double seconds, Latencies all) {
        SplittableRandom random = new SplittableRandom(9);
        Latencies own = new Latencies(ROOM);
        long start = System.nanoTime();
        while (System.nanoTime() - start < seconds * 1e9 || own.count() < 3) {
            String filter = search[1].formatted(random.nextInt(100_000));
            String order = search[2].isEmpty() ? "[]" : "[\"" + search[2] + "\"]";
            long begun = System.nanoTime();
            post(
                    "runs/search",
                    "{\"experiment_ids\":[\"%s\"],\"filter\":\"%s\",\"order_by\":%s,\"max_results\":100}"
                            .formatted(experiment, filter, order));
            long took = System.nanoTime() - begun;
            own.add(took);
            all.add(took);
        }
        double spent = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-23s %s%n", search[0], own.report(spent));
        return spent;
    }

    private String post(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + API + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!token.equals("-")) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
