package io.dougong.dist;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients that use every durable part of a server until it is gone, and note in the ledger only what was acknowledged. */
final class Traffic {

    private static final int CLIENTS = 3;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BUSY = 429;
    private static final long PATIENCE_SECONDS = 60;

    private final Api api;
    private final Ledger ledger;
    private final String name;
    private final CountDownLatch enough;
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private final String manifest;

    /**
     * @param name makes the ids of this round differ from others'
     * @param answers after how many of them {@link #await} returns
     */
    Traffic(Api api, Ledger ledger, String name, int answers, String manifest) {
        this.api = api;
        this.ledger = ledger;
        this.name = name;
        this.enough = new CountDownLatch(answers);
        this.manifest = manifest;
    }

    private interface Client {
        void use(int i) throws IOException;
    }

    Traffic start() {
        for (int i = 0; i < CLIENTS; i++) {
            String ids = name + "-" + i;
            clients.add(start(n -> decide(ids + "-" + n, n)));
        }
        clients.add(start(this::administer));
        return this;
    }

    private Thread start(Client client) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; surprises.isEmpty(); i++) {
                    client.use(i);
                }
            } catch (IOException gone) {
                while (enough.getCount() > 0) {
                    enough.countDown();
                }
            }
        });
    }

    /** Waits until there were enough answers, or the server is gone. */
    void await() throws InterruptedException {
        if (!enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("too few answers; " + surprises);
        }
    }

    /** Waits for the end of all clients, once the server is gone. */
    void end() throws InterruptedException {
        for (Thread client : clients) {
            client.join();
        }
        if (!surprises.isEmpty()) {
            throw new AssertionError(surprises.toString());
        }
    }

    private boolean acknowledged(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status != OK && status != CREATED && status != BUSY) {
            surprises.add(status + " " + response.body());
        }
        enough.countDown();
        return status == OK || status == CREATED;
    }

    private void decide(String id, int n) throws IOException {
        if (acknowledged(api.post(Api.ORDERS, Orders.order(id, n)))) {
            ledger.events.add(id);
        }
        HttpResponse<String> decided = api.post(Api.DECIDE + "?key=" + id, Orders.order("d" + id, n));
        if (!acknowledged(decided)) {
            return;
        }
        String decision = Api.tree(decided.body()).path("id").textValue();
        ledger.decisions.put(decision, decided.body());
        boolean label = n % 3 == 0;
        String feedback = "/api/v1/decisions/" + decision + "/feedback";
        if (n % 2 == 0 && acknowledged(api.post(feedback, "{\"label\":" + label + "}"))) {
            ledger.labels.put(decision, label);
        }
    }

    private void administer(int n) throws IOException {
        switch (n % 4) {
            case 0 -> apply(n);
            case 1 -> token(n);
            case 2 -> acknowledged(api.post("/api/v1/applications/shop/verify-features", ""));
            default -> promote();
        }
    }

    private void apply(int n) throws IOException {
        String changed = manifest.replace("{ RISKY: 0.5 }", "{ RISKY: 0." + (31 + (name + n).hashCode() % 13) + " }");
        HttpResponse<String> plan = api.send("POST", "/api/v1/plans", "application/yaml", changed);
        if (acknowledged(plan)) {
            String version = Api.tree(plan.body()).path("version").textValue();
            ledger.manifests.add(version);
            if (acknowledged(api.send("POST", "/api/v1/applications", "application/yaml", changed))) {
                ledger.manifests.removeIf(other -> !other.equals(version));
                ledger.acts.addAndGet(Api.tree(plan.body()).path("changes").isEmpty() ? 0 : 1);
            }
        }
    }

    private void promote() throws IOException {
        String promotion = "{\"version\":1,\"force\":true}";
        if (acknowledged(api.post("/api/v1/applications/shop/models/return-risk/promote", promotion))) {
            ledger.acts.incrementAndGet();
        }
    }

    private void token(int n) throws IOException {
        HttpResponse<String> created =
                api.post("/api/v1/tokens", "{\"name\":\"t" + name + n + "\",\"roles\":[\"AUDITOR\"]}");
        if (!acknowledged(created)) {
            return;
        }
        JsonNode token = Api.tree(created.body());
        String id = token.path("id").textValue();
        String secret = token.path("secret").textValue();
        ledger.acts.incrementAndGet();
        if (n % 8 == 1) {
            ledger.tokens.put(id, secret);
        } else if (acknowledged(api.send("DELETE", "/api/v1/tokens/" + id, Api.JSON, ""))) {
            ledger.revoked.put(id, secret);
            ledger.acts.incrementAndGet();
        }
    }
}
