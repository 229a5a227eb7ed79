package io.dougong.operate;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Row;
import io.dougong.operate.Reading.Kind;
import io.dougong.operate.Reading.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All monitors of an application. Told of events, decisions and labels in the order in which they arrived, by one thread; windows are of
 * event time, so the same events in the same order give the same figures, however they are batched. What it keeps can be written out
 * and taken up again.
 */
public final class Watch {

    private final MonitorsDefinition monitors;
    private final Map<String, FeedMonitor> feeds = new TreeMap<>();
    private final Map<String, OfDecision> decisions = new TreeMap<>();
    private final Map<String, LatencyMonitor> latencies = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;

    private record OfDecision(String version, DriftMonitor drift, QualityMonitor quality) {}

    /** Everything that must survive a restart. */
    public record Kept(
            long watermark,
            Map<String, FeedMonitor.Kept> feeds,
            Map<String, KeptDecision> decisions,
            @Nullable Map<String, LatencyMonitor.Kept> latencies) {}

    /** @param version digest of the artifact whose reference is in force */
    public record KeptDecision(String version, DriftMonitor.Kept drift, QualityMonitor.Kept quality) {}

    /**
     * @param before what was kept; null to begin
     * @param references by digest of the artifact; null where there is none
     */
    public Watch(
            MonitorsDefinition monitors,
            List<FeedShape> streams,
            @Nullable Kept before,
            Function<String, @Nullable Reference> references) {
        this.monitors = monitors;
        for (FeedShape stream : streams) {
            FeedMonitor.Kept kept = before == null ? null : before.feeds().get(stream.stream());
            feeds.put(stream.stream(), new FeedMonitor(stream, monitors, kept));
        }
        if (before != null) {
            watermark = before.watermark();
            before.decisions().forEach((decision, kept) -> restore(decision, kept, references));
            restoreLatencies(before.latencies());
        }
    }

    /** @param kept null in what a release without this monitor kept */
    private void restoreLatencies(@Nullable Map<String, LatencyMonitor.Kept> kept) {
        if (kept != null) {
            kept.forEach(
                    (decision, latency) -> latencies.put(decision, new LatencyMonitor(decision, monitors, latency)));
        }
    }

    private void restore(String decision, KeptDecision kept, Function<String, @Nullable Reference> references) {
        Reference reference = references.apply(kept.version());
        if (reference != null) {
            decisions.put(
                    decision,
                    new OfDecision(
                            kept.version(),
                            new DriftMonitor(decision, reference, monitors, kept.drift()),
                            new QualityMonitor(decision, reference, monitors, kept.quality())));
        }
    }

    public Kept kept() {
        Map<String, FeedMonitor.Kept> keptFeeds = new TreeMap<>();
        feeds.forEach((stream, feed) -> keptFeeds.put(stream, feed.kept()));
        Map<String, KeptDecision> keptDecisions = new TreeMap<>();
        decisions.forEach((decision, of) -> keptDecisions.put(
                decision,
                new KeptDecision(of.version(), of.drift().kept(), of.quality().kept())));
        Map<String, LatencyMonitor.Kept> keptLatencies = new TreeMap<>();
        latencies.forEach((decision, latency) -> keptLatencies.put(decision, latency.kept()));
        return new Kept(watermark, keptFeeds, keptDecisions, keptLatencies);
    }

    /** The version whose reference a decision is watched against; empty if none. */
    public String version(String decision) {
        OfDecision of = decisions.get(decision);
        return of == null ? "" : of.version();
    }

    /** From now on a decision is watched against this version's reference; its monitors begin anew. */
    public void champion(String decision, String version, Reference reference) {
        decisions.put(
                decision,
                new OfDecision(
                        version,
                        new DriftMonitor(decision, reference, monitors, null),
                        new QualityMonitor(decision, reference, monitors, null)));
    }

    /** An event came in. */
    public void event(String stream, long micros, Row row) {
        advance(micros);
        FeedMonitor feed = feeds.get(stream);
        if (feed != null) {
            feed.add(micros, row);
        }
    }

    /** An event came in that the stream's schema does not allow. */
    public void refused(String stream) {
        FeedMonitor feed = feeds.get(stream);
        if (feed != null) {
            feed.refused();
        }
    }

    private void advance(long micros) {
        if (micros <= watermark) {
            return;
        }
        watermark = micros;
        feeds.values().forEach(feed -> feed.advance(micros));
        for (OfDecision of : decisions.values()) {
            of.drift().advance(micros);
            of.quality().advance(micros);
        }
        latencies.values().forEach(latency -> latency.advance(micros));
    }

    /** Whether a row came from a part of its stream whose values are stuck. */
    public boolean suspect(String stream, Row row) {
        FeedMonitor feed = feeds.get(stream);
        return feed != null && feed.suspect(row);
    }

    /** Event time as far as it has come. */
    public long watermark() {
        return watermark;
    }

    public void decided(Decision decision) {
        latency(decision.name()).add(decision.cost().micros());
        OfDecision of = decisions.get(decision.name());
        if (of != null) {
            of.drift()
                    .add(
                            decision.question().askedMicros(),
                            decision.features(),
                            ReferenceBuilder.said(decision.score()));
        }
    }

    private LatencyMonitor latency(String decision) {
        return latencies.computeIfAbsent(decision, name -> {
            LatencyMonitor latency = new LatencyMonitor(name, monitors, null);
            latency.advance(watermark);
            return latency;
        });
    }

    /**
     * The truth about a decision became known.
     *
     * @param decided whether it was not given to a person
     * @param wrong whether it was decided and wrong
     */
    public void labelled(String decision, long askedMicros, Score score, Truth truth, boolean decided, boolean wrong) {
        OfDecision of = decisions.get(decision);
        if (of != null) {
            of.quality().add(askedMicros, score, truth, decided, wrong);
        }
    }

    /** Every monitor, by kind and name. */
    public List<Reading> readings() {
        return gauges().map(Gauge::reading).toList();
    }

    /** Those that alarm. */
    public List<Reading> alarms() {
        return gauges().filter(Gauge::alarms).map(Gauge::reading).toList();
    }

    private Stream<Gauge> gauges() {
        return Stream.of(
                        decisions.values().stream()
                                .flatMap(of -> Stream.concat(
                                        of.quality().gauges(), of.drift().gauges())),
                        latencies.values().stream().map(LatencyMonitor::gauge),
                        feeds.values().stream().flatMap(FeedMonitor::gauges))
                .flatMap(each -> each);
    }

    /** Feeds and features by how much they changed. */
    public Diagnosis diagnosis(String decision) {
        List<Diagnosis.Suspect> suspects = new ArrayList<>();
        feeds.values().forEach(feed -> suspects.addAll(feed.suspects()));
        OfDecision of = decisions.get(decision);
        if (of != null) {
            of.drift()
                    .gauges()
                    .map(Gauge::reading)
                    .filter(reading -> reading.state() == State.ALARM && reading.kind() == Kind.DRIFT)
                    .map(reading -> new Diagnosis.Suspect(
                            "",
                            "",
                            reading.subject(),
                            "changed",
                            3 * reading.value() / Math.max(1e-9, reading.threshold()),
                            reading.sinceMicros()))
                    .forEach(suspects::add);
        }
        return Diagnosis.of(suspects);
    }
}
