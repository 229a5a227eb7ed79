package io.dougong.apps.flightdelay;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.events.Appended;
import io.dougong.events.EventLog;
import io.dougong.kernel.Home;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Times;
import io.dougong.learn.Evaluation;
import io.dougong.learn.Gate;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Manifest;
import io.dougong.node.FeatureCheck;
import io.dougong.node.LiveReport;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.dougong.trust.AuditReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** The acts of the demo, in order. */
final class Show {

    private static final String APPLICATION = "flight-delay";
    private static final String DECISION = "will-be-late";
    private static final String MODEL = "late-arrival";
    private static final String STATIC_MODEL = "static";
    private static final String FALL_BACK_MODEL = "schedule";
    private static final String FROZEN_MODEL = "frozen";
    private static final String BY = "demo";
    private static final int BATCH = 1_000;
    private static final int MOST_LAG = 20_000;
    private static final int REPLAYED = 1_000;
    private static final long SEED = 7;
    private static final double HISTORY = 2.0 / 3.0;
    private static final double DECIDED_BEFORE = 0.18;
    private static final Path FOLDER = Path.of("apps", "flight-delay");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Demo.Options options;
    private final PrintStream out;
    private final Progress progress;
    private final long started = System.nanoTime();

    private Break broken = Break.NONE;
    private long history;
    private LongStream.Builder sentMillis = LongStream.builder();

    Show(Demo.Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(out, System.console() != null && !options.json());
    }

    Summary play() {
        try (Node node = open()) {
            FlightStream stream = begin(node);
            if (!options.unbroken()) {
                broken = Break.within(stream.nextMillis(), stream.lastDepartureMillis());
            }
            stream.breaks(broken);
            sentMillis = LongStream.builder();
            long live = send(node, stream, Long.MAX_VALUE, "Live");
            node.awaitDecided(APPLICATION);
            return conclude(node, history + live);
        }
    }

    /** @param sent events so far; {@code rest} holds the others */
    record Prepared(FlightStream rest, long sent) {}

    /** History, training, and the first days that are decided live: until shortly before the break. */
    Prepared prepare() {
        try (Node node = open()) {
            FlightStream stream = begin(node);
            long first = stream.nextMillis();
            long until = first + (long) (DECIDED_BEFORE * (stream.lastDepartureMillis() - first));
            long live = send(node, stream, until, "Live");
            node.awaitLake(APPLICATION);
            return new Prepared(stream, history + live);
        }
    }

    private Node open() {
        Home.delete(options.home());
        out.println("Dougong 斗拱 · flight-delay: will a departing flight arrive more than 15 minutes late?");
        out.println();
        return Node.open(NodeSettings.at(options.home()).seeded(SEED));
    }

    /** Up to the point from which on flights are decided live. */
    private FlightStream begin(Node node) {
        AirportMap.leave(FOLDER.resolve("data").resolve("airports.csv"), options.home(), APPLICATION);
        node.apply(Manifest.read(FOLDER.resolve("app.yaml")), BY);
        FlightStream stream = new FlightStream(load(node));
        history = send(node, stream, cut(stream), "History");
        node.awaitLake(APPLICATION);
        train(node, MODEL);
        train(node, STATIC_MODEL);
        train(node, FALL_BACK_MODEL);
        freeze(node);
        return stream;
    }

    private Flights load(Node node) {
        progress.start("Flights");
        Path file = switch (options.data()) {
            case "sample" -> FOLDER.resolve("data").resolve("flights-sample.parquet");
            case FlightData.FULL -> FlightData.cached();
            default -> Path.of(options.data());
        };
        try {
            Flights flights = new FlightFile(node.files(), FOLDER.resolve("data")).read(file);
            progress.done("Flights", String.format(Locale.ROOT, "%,d real flights of 2001", flights.size()));
            return flights;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long cut(FlightStream stream) {
        long first = stream.nextMillis();
        return first + (long) (HISTORY * (stream.lastDepartureMillis() - first));
    }

    /** Sends events in the order in which they became known, up to the moment; returns how many. */
    private long send(Node node, FlightStream stream, long untilMillis, String phase) {
        progress.start(phase);
        long clockStarted = System.nanoTime();
        long firstMillis = stream.nextMillis();
        long sent = 0;
        long total = untilMillis == Long.MAX_VALUE ? stream.remaining() : (long) (stream.size() * HISTORY);
        List<Node.StreamEvent> batch = new ArrayList<>(BATCH);
        CompletableFuture<List<Appended>> last = CompletableFuture.completedFuture(List.of());
        long shown = firstMillis;
        while (stream.hasNext() && stream.nextMillis() < untilMillis) {
            shown = stream.nextMillis();
            keepPace(clockStarted, firstMillis, shown);
            FlightStream.Item item = stream.next();
            sentMillis.add(shown);
            batch.add(new Node.StreamEvent(item.stream(), item.json()));
            if (batch.size() == BATCH) {
                last = append(node, batch, last);
                sent += BATCH;
                progress.show(phase, sent, total, DAY.format(Instant.ofEpochMilli(shown)));
            }
        }
        sent += batch.size();
        EventLog.await(append(node, batch, last));
        node.awaitDecided(APPLICATION);
        progress.done(
                phase, String.format(Locale.ROOT, "%,d events to %s", sent, DAY.format(Instant.ofEpochMilli(shown))));
        return sent;
    }

    /** One batch is written while the next is made; the pipeline may lag behind only so far. */
    private static CompletableFuture<List<Appended>> append(
            Node node, List<Node.StreamEvent> batch, CompletableFuture<List<Appended>> last) {
        EventLog.await(last);
        while (node.lag(APPLICATION) > MOST_LAG) {
            LockSupport.parkNanos(1_000_000);
        }
        CompletableFuture<List<Appended>> next = node.append(APPLICATION, List.copyOf(batch));
        batch.clear();
        return next;
    }

    private void keepPace(long clockStarted, long firstMillis, long millis) {
        if (options.speed() <= 0) {
            return;
        }
        long due = clockStarted + (long) ((millis - firstMillis) * 1e6 / options.speed());
        while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void train(Node node, String model) {
        String phase = "Training " + model;
        progress.start(phase);
        TrainingRun run = node.models()
                .train(
                        APPLICATION,
                        model,
                        (step, done, total) -> progress.show(phase, done, Math.max(done, total), step.label()),
                        BY);
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome == null) {
            throw new IllegalStateException("training of " + model + " ended as " + run.state());
        }
        node.models().promote(APPLICATION, model, outcome.version(), Route.CHAMPION, 1, false, BY);
        progress.done(phase, tested(outcome));
    }

    private static String tested(TrainingRun.Outcome outcome) {
        Evaluation evaluation = outcome.evaluation();
        return evaluation
                .metric(Gate.Metric.AUC)
                .map(auc -> String.format(
                        Locale.ROOT,
                        "%,d rows; AUC %.3f [%.3f, %.3f] on the %,d newest",
                        outcome.rows().train(),
                        auc.value(),
                        auc.low(),
                        auc.high(),
                        evaluation.rows()))
                .orElse("no AUC");
    }

    /** Keeps the first version beside, as it is. */
    private static void freeze(Node node) {
        int version = node.models().adopt(APPLICATION, FROZEN_MODEL, MODEL, BY);
        node.models().promote(APPLICATION, FROZEN_MODEL, version, Route.CHAMPION, 1, true, BY);
    }

    private Summary conclude(Node node, long events) {
        LiveReport live = node.liveReport(APPLICATION, DECISION);
        Healing healing =
                new Healing(node, APPLICATION, broken, sentMillis.build().toArray());
        progress.start("Features again");
        FeatureCheck check = node.verifyFeatures(APPLICATION);
        progress.done(
                "Features again",
                String.format(Locale.ROOT, "%,d values in batch, %d differ", check.values(), check.mismatches()));
        progress.start("Replay");
        long identical = replay(node);
        progress.done("Replay", identical + " of " + REPLAYED + " decisions gave the same bits");
        progress.start("Audit");
        AuditReport audit = node.verifyAudit();
        progress.done(
                "Audit",
                audit.ok()
                        ? String.format(Locale.ROOT, "%,d entries hold", audit.entries())
                        : audit.fault()
                                .map(fault -> fault.reference() + ": " + fault.what())
                                .orElse("broken"));
        Summary summary = summary(node, live, events, check, identical, audit, healing);
        tell(healing);
        explain(node, live, summary);
        return summary;
    }

    /** Decisions spread evenly over the log. */
    private static long replay(Node node) {
        long identical = 0;
        DecisionLog log = node.decisionLog();
        StreamPartition partition = log.partitions().getFirst();
        long end = node.decisionCount();
        for (int i = 0; i < REPLAYED; i++) {
            Decision decision =
                    log.read(partition, i * end / REPLAYED, 1).getFirst().decision();
            identical += node.replay(decision, Replay.Request.PLAIN).identical() ? 1 : 0;
        }
        return identical;
    }

    private Summary summary(
            Node node,
            LiveReport live,
            long events,
            FeatureCheck check,
            long identical,
            AuditReport audit,
            Healing healing) {
        return new Summary(
                events,
                node.status().applications().getFirst().pipeline().decisions(),
                live.labelled(),
                rounded(live.auc()),
                rounded(live.shadowAuc().getOrDefault(STATIC_MODEL, Double.NaN)),
                rounded(live.ece()),
                rounded(live.reviewRate()),
                rounded(live.coverage()),
                live.coverageTarget(),
                rounded(live.errorRateDecided()),
                check.mismatches(),
                REPLAYED,
                identical,
                audit.ok(),
                healing.count("RETRAIN"),
                healing.count("ROLL_BACK"),
                healing.count("PROMOTE"),
                healing.detectEvents(),
                healing.healEvents(),
                rounded(live.shadowAuc().getOrDefault(FROZEN_MODEL, Double.NaN)),
                rounded(live.auc()),
                node.reviews().counts(APPLICATION).waiting(),
                live.p50Micros(),
                live.p99Micros(),
                Memory.peakHeapMib(),
                Memory.peakRssMib(),
                Math.round((System.nanoTime() - started) / 1e8) / 10.0);
    }

    private void tell(Healing healing) {
        out.println();
        if (options.unbroken()) {
            out.println("  Nothing was broken.");
        } else {
            tellBreak();
        }
        healing.story().stream()
                .filter(step -> !step.outcome().equals("KEEP"))
                .forEach(step ->
                        out.printf("  %s  %-10s %s%n", Times.instant(step.atMicros()), step.outcome(), step.english()));
        out.println();
    }

    private void tellBreak() {
        out.printf(
                Locale.ROOT,
                "  Break: from %s to %s every arrival at %s was reported %d minutes late.%n",
                DAY.format(Instant.ofEpochMilli(broken.fromMillis())),
                DAY.format(Instant.ofEpochMilli(broken.untilMillis())),
                broken.airport(),
                broken.stuckDelay());
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }

    private void explain(Node node, LiveReport live, Summary summary) {
        Decision example = node.decisions(1).getFirst().decision();
        out.println();
        out.printf(
                Locale.ROOT,
                "  %,d flights were decided live, each within %d µs (median; 99 %%: %d µs), reasons included.%n",
                summary.decisions(),
                summary.p50Micros(),
                summary.p99Micros());
        out.printf(
                Locale.ROOT,
                "  AUC %.3f; a model without the stream's features reaches %.3f on the same flights. Calibration error %.3f.%n",
                live.auc(),
                summary.aucStatic(),
                live.ece());
        out.printf(
                Locale.ROOT,
                "  %.1f %% went to a person; of the rest %.1f %% were wrong. Prediction sets held the truth in %.1f %% (asked: %.0f %%).%n",
                100 * live.reviewRate(),
                100 * live.errorRateDecided(),
                100 * live.coverage(),
                100 * live.coverageTarget());
        out.println();
        out.printf(
                Locale.ROOT,
                "  The last one: flight %s, %s with probability %.2f, because%n",
                example.question().key(),
                example.outcome().label(),
                example.score().probability());
        for (Reason reason : example.reasons()) {
            out.printf(Locale.ROOT, "    %+.2f  %s%n", reason.contribution(), reason.english());
            out.printf("           %s%n", reason.chinese());
        }
        out.println();
        out.println("  Data: " + options.home().toAbsolutePath());
        out.printf(
                Locale.ROOT,
                "  Peak heap %d MiB, resident %d MiB, %.1f s in all.%n",
                summary.peakHeapMib(),
                summary.peakRssMib(),
                summary.seconds());
    }
}
