package io.dougong.benchmarks;

import io.dougong.decisions.Route;
import io.dougong.events.EventLog;
import io.dougong.kernel.Json;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Manifest;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Synthetic transfers, for load: the same number gives the same transfer. */
final class Bank {

    static final String NAME = "bank";
    static final String DECISION = "hold";

    private static final int HISTORY = 20_000;
    private static final int ACCOUNTS = 2_000;
    private static final int BATCH = 1_000;
    private static final int UNTIL_KNOWN = 100;
    private static final Instant OPENING = Instant.parse("2026-01-01T00:00:00Z");

    private Bank() {}

    /** A node in this folder with a forest trained on the history and put to work. */
    static Node open(Path home) throws IOException {
        Node node = Node.open(NodeSettings.at(home).seeded(1));
        node.apply(Manifest.read(manifest()), "benchmark");
        for (int from = 0; from < HISTORY; from += BATCH) {
            EventLog.await(node.append(NAME, events(from, from + BATCH)));
        }
        node.awaitDecided(NAME);
        TrainingRun.Outcome outcome =
                node.models().train(NAME, "fraud", Progress.NONE, "benchmark").outcome();
        if (outcome == null) {
            throw new IllegalStateException("training did not end");
        }
        node.models().promote(NAME, "fraud", outcome.version(), Route.CHAMPION, 1, true, "benchmark");
        return node;
    }

    private static byte[] manifest() throws IOException {
        try (InputStream yaml = Bank.class.getResourceAsStream("bank.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("bank.yaml is missing");
            }
            return yaml.readAllBytes();
        }
    }

    private static List<Node.StreamEvent> events(int from, int to) {
        List<Node.StreamEvent> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(new Node.StreamEvent("transfers", transfer(i)));
            if (i >= UNTIL_KNOWN) {
                events.add(new Node.StreamEvent("disputes", dispute(i - UNTIL_KNOWN)));
            }
        }
        return events;
    }

    static byte[] transfer(long i) {
        SplittableRandom random = new SplittableRandom(i);
        Map<String, Object> transfer = new LinkedHashMap<>();
        transfer.put("id", "t" + i);
        transfer.put("at", OPENING.plusSeconds(i).toString());
        transfer.put("account", "account-" + i % ACCOUNTS);
        transfer.put("amount", random.nextInt(1_000_000) / 100.0);
        for (int input = 1; input <= 8; input++) {
            transfer.put("a" + input, random.nextInt(1_000) / 1_000.0);
        }
        return Json.bytes(transfer);
    }

    private static byte[] dispute(long i) {
        SplittableRandom random = new SplittableRandom(i);
        double amount = random.nextInt(1_000_000) / 1_000_000.0;
        double first = random.nextInt(1_000) / 1_000.0;
        boolean fraud = amount * first + 0.3 * random.nextDouble() > 0.6;
        return Json.bytes(Map.of(
                "id",
                "t" + i,
                "known",
                OPENING.plusSeconds(i + UNTIL_KNOWN).toString(),
                "account",
                "account-" + i % ACCOUNTS,
                "fraud",
                fraud));
    }
}
