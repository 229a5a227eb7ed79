package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** What clients were told, and whether the server still stands by it. */
final class Ledger {

    private static final int PAGE = 10_000;
    private static final int REPLAYED = 10;
    private static final int LOOKED_UP = 100;
    private static final int UNAUTHENTICATED = 401;
    private static final List<String> AUDITED = List.of("sys.decisions", "sys.feedback", "sys.admin");

    /** Ids of orders. */
    final Queue<String> events = new ConcurrentLinkedQueue<>();
    /** Id to the record as it was answered. */
    final Map<String, String> decisions = new ConcurrentHashMap<>();
    /** Id of the decision to the label. */
    final Map<String, Boolean> labels = new ConcurrentHashMap<>();
    /** Id to secret. */
    final Map<String, String> tokens = new ConcurrentHashMap<>();

    final Map<String, String> revoked = new ConcurrentHashMap<>();
    /** Versions of the application that may be in force: the last acknowledged one, and what was asked for since. */
    final Queue<String> manifests = new ConcurrentLinkedQueue<>();

    /** Administrative acts that were acknowledged. */
    final AtomicLong acts = new AtomicLong();

    void check(Api api, RandomGenerator random) throws IOException {
        checkEvents(api);
        checkDecisions(api, random);
        checkAdministration(api);
        checkDerived(api);
        JsonNode status = api.ask("GET", "/api/v1/status", "");
        assertThat(status.path("well").booleanValue()).as(status.toString()).isTrue();
    }

    private void checkEvents(Api api) {
        Map<String, Integer> found = new HashMap<>();
        int read = PAGE;
        for (int from = 0; read == PAGE; from += PAGE) {
            JsonNode page = api.ask("GET", Api.ORDERS + "?max=" + PAGE + "&from=" + from, "")
                    .path("events");
            page.forEach(event -> found.merge(event.at("/data/id").textValue(), 1, Integer::sum));
            read = page.size();
        }
        assertThat(found.keySet()).containsAll(events);
        assertThat(found.values()).as("times an event is there").allMatch(times -> times == 1);
    }

    private void checkDecisions(Api api, RandomGenerator random) throws IOException {
        List<String> ids = new ArrayList<>(decisions.keySet());
        for (int i = 0; i < Math.min(LOOKED_UP, ids.size()); i++) {
            String id = ids.get(random.nextInt(ids.size()));
            assertThat(api.get("/api/v1/decisions/" + id).body()).isEqualTo(decisions.get(id));
        }
        for (int i = 0; i < Math.min(REPLAYED, ids.size()); i++) {
            String id = ids.get(random.nextInt(ids.size()));
            JsonNode replay = api.ask("POST", "/api/v1/decisions/" + id + "/replay", "{}");
            assertThat(replay.path("identical").booleanValue())
                    .as(replay.path("differences").toString())
                    .isTrue();
        }
    }

    private void checkAdministration(Api api) throws IOException {
        String version = api.ask("GET", "/api/v1/applications", "")
                .at("/applications/0/version")
                .textValue();
        assertThat(manifests).contains(version);
        manifests.clear();
        manifests.add(version);
        for (String secret : tokens.values()) {
            assertThat(api.as(secret).get("/api/v1/status").statusCode()).isEqualTo(200);
        }
        for (String secret : revoked.values()) {
            assertThat(api.as(secret).get("/api/v1/status").statusCode()).isEqualTo(UNAUTHENTICATED);
        }
    }

    /** Everything that is derived from the log, held against it. */
    private void checkDerived(Api api) {
        JsonNode features = api.ask("POST", "/api/v1/applications/shop/verify-features", "");
        assertThat(features.path("mismatches").longValue())
                .as(features.toString())
                .isZero();
        Map<String, Long> streams = new HashMap<>();
        api.ask("GET", "/api/v1/status", "")
                .path("streams")
                .forEach(stream -> streams.put(
                        stream.path("stream").textValue(), stream.path("events").longValue()));
        Map<String, String> tables = Map.of(
                "shop.orders", "shop_orders",
                "shop.returns", "shop_returns",
                "sys.decisions", "decisions",
                "sys.feedback", "feedback");
        tables.forEach((stream, table) -> {
            assertThat(api.count("select count(*) from " + table)).as(table).isEqualTo(streams.get(stream));
            assertThat(api.count("select count(distinct _offset) from " + table))
                    .as(table)
                    .isEqualTo(streams.get(stream));
        });
        assertThat(streams.get("sys.admin")).isGreaterThanOrEqualTo(acts.get());
        assertThat(rows(api, "select id from decisions")).containsAll(decisions.keySet());
        assertThat(rows(api, "select decision_id || '=' || label from feedback"))
                .containsAll(labels.entrySet().stream().map(String::valueOf).toList());
        JsonNode audit = api.ask("POST", "/api/v1/audit/verify", "");
        assertThat(audit.path("ok").booleanValue()).as(audit.toString()).isTrue();
        assertThat(audit.path("entries").longValue())
                .isEqualTo(AUDITED.stream()
                        .mapToLong(stream -> streams.getOrDefault(stream, 0L))
                        .sum());
    }

    private static Set<String> rows(Api api, String query) {
        Set<String> cells = ConcurrentHashMap.newKeySet();
        String chunk = query + " order by 1 limit 10000 offset ";
        int read = PAGE;
        for (int from = 0; read == PAGE; from += PAGE) {
            JsonNode rows = api.ask("POST", "/api/v1/sql", "{\"query\":\"" + chunk + from + "\"}")
                    .path("rows");
            rows.forEach(row -> cells.add(row.path(0).asText()));
            read = rows.size();
        }
        return cells;
    }
}
