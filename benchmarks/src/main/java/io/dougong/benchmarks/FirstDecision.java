package io.dougong.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** From typing {@code ./dougong up} to the first durable decision over HTTP, on a home that has a trained model. Argument: rounds. */
public final class FirstDecision {

    private FirstDecision() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path home = Files.createTempDirectory("first-decision");
        Bank.open(home).close();
        RunningServer.at(Path.of(".."), home).prepare();
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            try (RunningServer server = RunningServer.start(Path.of(".."), home)) {
                decide(server, round);
                seconds[round] = (System.nanoTime() - start) / 1e9;
            }
        }
        System.out.println("seconds from start to first decision: " + Arrays.toString(seconds));
    }

    private static void decide(RunningServer server, int round) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/applications/" + Bank.NAME + "/decisions/"
                + Bank.DECISION);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + server.token())
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(Bank.transfer(3_000_000L + round)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
        }
    }
}
