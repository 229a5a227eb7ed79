package io.dougong.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.SplittableRandom;

/** A small application with a trained champion: 400 orders, the dear ones come back more often. */
final class Shop {

    static final String ORDERS = "/api/v1/applications/shop/streams/orders/events";
    static final String RETURNS = "/api/v1/applications/shop/streams/returns/events";
    static final String DECIDE = "/api/v1/applications/shop/decisions/will-return";

    private static final int ORDERS_MADE = 400;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** After every event of every test. */
    private static final Instant ASKED = Instant.parse("2026-04-01T00:00:00Z");

    private Shop() {}

    /** Applies, feeds, trains and promotes, once per home. */
    static synchronized void ready(Wire admin) {
        if (!admin.get("/api/v1/applications/shop/models").json().path("models").isEmpty()) {
            return;
        }
        expect(admin.post("/api/v1/applications", Wire.YAML, manifest()));
        feed(admin);
        expect(admin.post("/api/v1/applications/shop/models/return-risk/train"));
        expect(admin.post(
                "/api/v1/applications/shop/models/return-risk/promote", Wire.JSON, "{\"version\":1,\"force\":true}"));
    }

    private static void feed(Wire admin) {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder orders = new StringBuilder();
        StringBuilder returns = new StringBuilder();
        for (int i = 0; i < ORDERS_MADE; i++) {
            double amount = 10 + random.nextInt(500);
            Instant at = START.plusSeconds(600L * i);
            orders.append(order("o" + i, at, amount)).append('\n');
            boolean returned = random.nextDouble() < amount / 600;
            returns.append(
                    "{\"id\":\"o%d\",\"known\":\"%s\",\"returned\":%s}\n".formatted(i, at.plusSeconds(3600), returned));
        }
        expect(admin.post(ORDERS, Wire.LINES, orders.toString()));
        expect(admin.post(RETURNS, Wire.LINES, returns.toString()));
    }

    static String order(String id, Instant at, double amount) {
        return "{\"id\":\"%s\",\"at\":\"%s\",\"country\":\"DE\",\"amount\":%s}".formatted(id, at, amount);
    }

    static String question(String id) {
        return order(id, ASKED, 250);
    }

    static String manifest() {
        try (InputStream in = Objects.requireNonNull(Shop.class.getResourceAsStream("/shop.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static void expect(Wire.Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError(answer.status() + " " + answer.json());
        }
    }
}
