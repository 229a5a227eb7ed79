package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.models.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers given since a healing, and those of the frozen copy to the same questions, held against what really happened:
 * the labels that the broken feed brought are not used, the flights' own file is.
 */
record Comparison(int flights, Metrics.Binary answers, Metrics.Binary frozen) {

    private static final int SAMPLE = 1_500;
    private static final int FEWEST = 100;
    private static final String FROZEN = "frozen";

    private record Judged(double answer, double frozen, boolean late) {}

    /** Of flights that left in this time, drawn by the hash of their decision's id; empty while the lake does not hold all of them, or if they are few. */
    static Optional<Comparison> of(DemoServer server, LivePump pump, long fromMillis, long untilMillis) {
        if (rows(server, "asked >= '" + Instant.ofEpochMilli(untilMillis) + "' LIMIT 1")
                .isEmpty()) {
            return Optional.empty();
        }
        Map<String, Boolean> truth = pump.truth(fromMillis, untilMillis);
        String asked = "asked >= '" + Instant.ofEpochMilli(fromMillis) + "' AND asked < '"
                + Instant.ofEpochMilli(untilMillis) + "' ORDER BY md5(id) LIMIT " + SAMPLE;
        List<Judged> judged = new ArrayList<>();
        for (JsonNode row : rows(server, asked)) {
            JsonNode record = server.get("/api/v1/decisions/" + row.path(0).asText());
            Boolean late = truth.get(record.path("question").path("key").asText());
            if (late != null) {
                judged.add(new Judged(probability(record), frozen(record), late));
            }
        }
        judged.removeIf(one -> Double.isNaN(one.frozen()));
        return judged.size() < FEWEST ? Optional.empty() : Optional.of(of(judged));
    }

    private static JsonNode rows(DemoServer server, String which) {
        String query = "SELECT id FROM decisions WHERE decision = 'will-be-late' AND " + which;
        return server.post("/api/v1/sql", Map.of("query", query)).path("rows");
    }

    private static Comparison of(List<Judged> judged) {
        boolean[] late = new boolean[judged.size()];
        for (int i = 0; i < late.length; i++) {
            late[i] = judged.get(i).late();
        }
        return new Comparison(
                late.length,
                Metrics.binary(judged.stream().mapToDouble(Judged::answer).toArray(), late),
                Metrics.binary(judged.stream().mapToDouble(Judged::frozen).toArray(), late));
    }

    private static double probability(JsonNode scored) {
        return scored.path("score").path("probability").asDouble(Double.NaN);
    }

    private static double frozen(JsonNode record) {
        for (JsonNode shadow : record.path("shadows")) {
            if (shadow.path("model").path("name").asText().equals(FROZEN)) {
                return probability(shadow);
            }
        }
        return Double.NaN;
    }
}
