package io.dougong.node;

import io.dougong.decisions.Route;
import io.dougong.events.EventLog;
import io.dougong.kernel.Json;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A synthetic shop whose large orders at shady merchants are often charged back; the same seed gives the same orders. */
final class Shop {

    static final String NAME = "shop";
    static final Instant OPENING = Instant.parse("2026-01-01T00:00:00Z");

    private static final int SECONDS_BETWEEN = 40;
    private static final int SECONDS_UNTIL_KNOWN = 1_800;
    private static final double SHADY = 0.3;

    private Shop() {}

    static Application application() {
        return Manifest.read(manifest().getBytes(StandardCharsets.UTF_8));
    }

    /** The same shop whose chargebacks bring labels and nothing else: no feature is about them. */
    static Application withLabelsOnly() {
        String yaml = manifest().replaceFirst("(?s)  merchant_fraud:.*?(?=  merchant_orders:)", "");
        return Manifest.read(yaml.replace("\"merchant_fraud.*\", ", "").getBytes(StandardCharsets.UTF_8));
    }

    private static String manifest() {
        try (InputStream yaml = Shop.class.getResourceAsStream("/shop.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("shop.yaml is missing");
            }
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static NodeSettings settings(Path home) {
        return NodeSettings.at(home).seeded(1);
    }

    /** Orders number {@code from} up to {@code to} and the chargebacks that become known meanwhile, in order of time. */
    static List<Node.StreamEvent> events(int from, int to) {
        List<Node.StreamEvent> events = new ArrayList<>();
        int lag = SECONDS_UNTIL_KNOWN / SECONDS_BETWEEN;
        for (int i = from; i < to; i++) {
            if (i >= lag) {
                events.add(new Node.StreamEvent("chargebacks", chargeback(i - lag)));
            }
            events.add(new Node.StreamEvent("orders", order(i)));
        }
        return events;
    }

    static byte[] order(int i) {
        return Json.bytes(Map.of(
                "id",
                "o" + i,
                "at",
                at(i).toString(),
                "merchant",
                merchant(i),
                "customer",
                "customer-" + i % 50,
                "card",
                "4000-0000-" + i,
                "amount",
                amount(i)));
    }

    private static byte[] chargeback(int i) {
        return Json.bytes(Map.of(
                "id", "o" + i,
                "known", at(i).plusSeconds(SECONDS_UNTIL_KNOWN).toString(),
                "merchant", merchant(i),
                "fraud", fraud(i)));
    }

    private static Instant at(int i) {
        return OPENING.plusSeconds((long) i * SECONDS_BETWEEN);
    }

    private static SplittableRandom random(int i, int what) {
        return new SplittableRandom(31L * i + what);
    }

    private static String merchant(int i) {
        return "m" + random(i, 1).nextInt(10);
    }

    private static double amount(int i) {
        return Math.round(random(i, 2).nextDouble() * 100_000) / 100.0;
    }

    private static boolean fraud(int i) {
        boolean shady = merchant(i).compareTo("m3") < 0;
        double chance = (shady ? SHADY : 0.05) + (amount(i) > 500 ? SHADY : 0);
        return random(i, 3).nextDouble() < chance;
    }

    static void append(Node node, int from, int to) {
        EventLog.await(node.append(NAME, events(from, to)));
        node.awaitDecided(NAME);
    }

    /** Applies, learns from the first orders, and puts the model to work. */
    static TrainingRun open(Node node, int history) {
        return open(node, application(), history);
    }

    static TrainingRun open(Node node, Application application, int history) {
        node.apply(application, "test");
        append(node, 0, history);
        TrainingRun run = node.models().train(NAME, "fraud", Progress.NONE, "test");
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome == null) {
            throw new IllegalStateException("training ended as " + run.state());
        }
        node.models().promote(NAME, "fraud", outcome.version(), Route.CHAMPION, 1, false, "test");
        return run;
    }
}
