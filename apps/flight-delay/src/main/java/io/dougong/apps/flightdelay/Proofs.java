package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The acts that prove promises: a killed server loses nothing, a flipped byte is named, a receipt verifies without the server. */
final class Proofs {

    static final String DECISIONS = "sys.decisions";

    private static final List<String> STREAMS = List.of("flight-delay.departures", "flight-delay.arrivals");
    private static final int COMPARED = 500;
    private static final double BUSY = 150;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long SHOWN_DEAD_MILLIS = 2_500;
    private static final int LINES = 3;

    private final DemoServer server;
    private final LivePump pump;
    private final Supplier<String> decision;

    /** @param decision the id of the decision that was looked at */
    Proofs(DemoServer server, LivePump pump, Supplier<String> decision) {
        this.server = server;
        this.pump = pump;
        this.decision = decision;
    }

    List<Presenter.Named> acts() {
        return List.of(
                new Presenter.Named("kill", this::kill),
                new Presenter.Named("flip", this::flip),
                new Presenter.Named("receipt", this::receipt),
                new Presenter.Named("end", this::end));
    }

    private long storedEvents() {
        return STREAMS.stream().mapToLong(server::stored).sum();
    }

    private void kill(Teller teller) throws InterruptedException {
        teller.page("/", "");
        pump.go(BUSY, pump.nowMillis() + DAY_MILLIS);
        teller.rest(SHOWN_DEAD_MILLIS);
        Map<String, String> records = newest();
        long decisions = server.stored(DECISIONS);
        long pid = server.pid();
        teller.scene()
                .fact("fact.process", Long.toString(pid))
                .fact("fact.acknowledged", Walk.count(pump.acknowledged()));
        teller.scene().command = "kill -9 " + pid;
        teller.show();
        teller.rest(SHOWN_DEAD_MILLIS);
        pump.awaitUnderWay();
        server.kill();
        pump.hold();
        long acknowledged = pump.acknowledged();
        int underWay = pump.underWay();
        teller.rest(SHOWN_DEAD_MILLIS);
        server.start();
        long found = storedEvents();
        teller.scene().anew().says(Said.of("kill.up", Long.toString(pid), Long.toString(server.pid())));
        teller.show();
        pump.release();
        while (pump.underWay() > 0 && pump.acknowledged() == acknowledged) {
            teller.pause(100);
        }
        pump.settle();
        server.awaitDecided();
        killed(teller.scene(), new Killed(acknowledged, underWay, found, decisions, records));
        pump.release();
        pump.go(Walk.LIVE, pump.nowMillis() + DAY_MILLIS);
    }

    /**
     * @param found events in the new process, before anything was sent again
     * @param records decision to its record, before
     */
    private record Killed(long acknowledged, int underWay, long found, long decisions, Map<String, String> records) {}

    private void killed(Scene scene, Killed before) {
        long stored = storedEvents();
        long decisions = server.stored(DECISIONS);
        long same = before.records().entrySet().stream()
                .filter(record -> record.getValue().equals(record(record.getKey())))
                .count();
        boolean none =
                before.found() == before.acknowledged() || before.found() == before.acknowledged() + before.underWay();
        scene.says(Said.of("kill.text", before.underWay()))
                .fact("fact.before", Walk.count(before.acknowledged()))
                .proof("fact.after", Walk.count(Math.min(before.found(), before.acknowledged())), none)
                .proof(
                        "fact.once",
                        Walk.count(stored) + " = " + Walk.count(pump.acknowledged()),
                        stored == pump.acknowledged())
                .proof(
                        "fact.decisions-kept",
                        Walk.count(before.decisions()) + " → " + Walk.count(decisions),
                        decisions >= before.decisions())
                .proof(
                        "fact.records-same",
                        same + " / " + before.records().size(),
                        same == before.records().size());
    }

    private Map<String, String> newest() {
        Map<String, String> records = new LinkedHashMap<>();
        for (JsonNode one : server.get("/api/v1/decisions?max=" + COMPARED).path("decisions")) {
            String id = one.path("id").asText();
            records.put(id, record(id));
        }
        return records;
    }

    private String record(String id) {
        return server.text("GET", "/api/v1/decisions/" + id, "", "");
    }

    private void flip(Teller teller) {
        teller.page("/audit", "");
        try {
            Path copy = Files.createTempDirectory("dougong-audit").resolve("copy");
            DougongCommand.Result copied = server.command().run("audit", "copy", copy.toString(), "--home", home());
            if (!copied.ok()) {
                throw new IllegalStateException(copied.out());
            }
            ChainFlip.Flipped flipped = ChainFlip.inTheMiddle(copy);
            DougongCommand.Result named =
                    server.command().run("audit", "verify", "--copy", copy.toString(), "--home", home());
            DougongCommand.Result own = server.command().run("audit", "verify", "--home", home());
            boolean right = !named.ok() && named.out().contains("(entry " + flipped.sequence() + ")");
            Scene scene = teller.scene();
            scene.command = "./dougong audit verify --copy " + copy;
            scene.answer = first(named.out());
            scene.says(Said.of("flip.text", Walk.count(flipped.at())))
                    .fact("fact.flipped", Walk.count(flipped.sequence()))
                    .proof("fact.named", named(named.out()), right)
                    .proof("fact.own-chain", own.ok() ? "✓" : "✗", own.ok());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        teller.page("/audit", "#audit-chain", new Scene.Hand("#verify-audit", ""));
    }

    /** The record that the command named. */
    private static String named(String out) {
        return out.replaceAll("(?s).*broken at (\\S+).*", "$1");
    }

    private String home() {
        return server.home().toString();
    }

    private static String first(String out) {
        return String.join("\n", out.lines().limit(LINES).toList());
    }

    private void receipt(Teller teller) {
        try {
            Path folder = Files.createTempDirectory("dougong-receipt");
            Path file = folder.resolve("receipt.json");
            DougongCommand.Result got =
                    server.command().run("receipt", "get", decision.get(), "--out", file.toString(), "--home", home());
            if (!got.ok()) {
                throw new IllegalStateException(got.out());
            }
            DougongCommand.Result valid = server.command().run("receipt", "verify", file.toString());
            Path forged = folder.resolve("forged.json");
            Files.writeString(forged, forged(Files.readString(file)));
            DougongCommand.Result refused = server.command().run("receipt", "verify", forged.toString());
            Scene scene = teller.scene();
            scene.command = "./dougong receipt verify " + file;
            scene.answer = first(valid.out());
            scene.says(Said.of("receipt.text"))
                    .proof("fact.valid", valid.ok() ? "✓" : "✗", valid.ok())
                    .proof("fact.forged", refused.ok() ? "✗" : "✓", !refused.ok())
                    .fact("fact.bytes", Walk.count(Files.size(file)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        teller.page("/decisions/" + decision.get(), "#prove");
    }

    /** The same with one digit of its time changed. */
    private static String forged(String receipt) {
        return receipt.replaceFirst("\"issuedMicros\":1", "\"issuedMicros\":9");
    }

    private void end(Teller teller) {
        teller.scene()
                .says(Said.of("end.text", server.url(), "./dougong down --home " + server.home()))
                .fact("fact.acknowledged", Walk.count(pump.acknowledged()))
                .fact("fact.decisions", Walk.count(server.stored(DECISIONS)));
        teller.page("/", "");
    }
}
