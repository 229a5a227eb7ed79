package io.dougong.server.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.node.Node;
import io.dougong.node.Status;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** What changes while one looks: made at most once a second, however many pages are open, and not at all if none is. */
final class Live {

    private static final long PERIOD_NANOS = 900_000_000;
    private static final long RATE_NANOS = 5_000_000_000L;
    private static final int RECENT = 12;

    private record Sample(long nanos, long decisions) {}

    private final Node node;
    private final Tally tally;
    private final LongSupplier nanos;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private byte[] current = new byte[0];
    private long made;
    private long number;

    Live(Node node, Tally tally, LongSupplier nanos) {
        this.node = node;
        this.tally = tally;
        this.nanos = nanos;
    }

    /** The newest snapshot, as JSON. */
    synchronized byte[] snapshot() {
        long now = nanos.getAsLong();
        if (number == 0 || now - made >= PERIOD_NANOS) {
            byte[] next = Json.bytes(make(now));
            made = now;
            if (!Arrays.equals(next, current)) {
                current = next;
                number++;
            }
        }
        return current;
    }

    /** Counts snapshots that differ: where nothing happens, nothing is sent. */
    synchronized long number() {
        return number;
    }

    private ObjectNode make(long now) {
        Status status = node.status();
        long decisions = node.decisionCount();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("well", status.well()).put("decisions", decisions).put("rate", rate(now, decisions));
        ObjectNode applications = json.putObject("applications");
        for (Status.OfApplication one : status.applications()) {
            var counts = one.pipeline();
            applications
                    .putObject(one.application())
                    .put("lag", one.lag())
                    .put("open", one.openDecisions())
                    .put("events", counts.events())
                    .put("dead", counts.deadLetters())
                    .put("p50", Figures.latency(counts.p50Micros()))
                    .put("p99", Figures.latency(counts.p99Micros()));
        }
        recent(json.putArray("recent"), tally.newest(RECENT));
        return json;
    }

    /** Decisions a second over the last seconds. */
    private double rate(long now, long decisions) {
        samples.addLast(new Sample(now, decisions));
        while (samples.size() > 2 && now - samples.getFirst().nanos() > RATE_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = (now - first.nanos()) / 1e9;
        return seconds <= 0 ? 0 : Math.round((decisions - first.decisions()) / seconds * 10) / 10.0;
    }

    private static void recent(ArrayNode json, List<Brief> briefs) {
        for (Brief brief : briefs) {
            json.addObject()
                    .put("id", brief.id())
                    .put("label", OverviewPage.label(brief))
                    .put("outcome", brief.outcome().replace('_', ' '))
                    .put("tone", DecisionRows.tone(brief.outcome()))
                    .put("probability", brief.said(2))
                    .put("from", brief.from())
                    .put("to", brief.to());
        }
    }
}
