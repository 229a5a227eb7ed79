package io.dougong.apps.tabular;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Route;
import io.dougong.events.EventLog;
import io.dougong.kernel.Home;
import io.dougong.kernel.Suggest;
import io.dougong.learn.Evaluation;
import io.dougong.learn.Gate;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * From a file to a trained and registered model in a home folder, by the path that every application takes: rows become events, events
 * reach the lake, models are trained from the lake. So lineage, replay and the audit chain hold for what is decided afterwards.
 */
final class Trial {

    private static final String BY = "try";
    private static final int DRIVERS = 10;
    private static final int ANSWERED = 100;
    private static final Duration LAKE_COMMIT = Duration.ofMinutes(10);

    private final Options options;
    private final Steps steps;
    private final long started = System.nanoTime();

    Trial(Options options, Steps steps) {
        this.options = options;
        this.steps = steps;
    }

    Report run() {
        if (!Files.isRegularFile(options.file())) {
            throw TableProblem.missing(options.file());
        }
        Home.delete(options.home());
        try (Node node = Node.open(settings())) {
            Table table = table(node);
            Profile profile = profiled(table);
            Timeline timeline = Timeline.of(table, profile, options.seed());
            return learned(node, table, profile, timeline);
        }
    }

    /** One commit to each table of the lake, when everything is there. */
    private NodeSettings settings() {
        return NodeSettings.at(options.home()).seeded(options.seed()).committing(LAKE_COMMIT);
    }

    private Table table(Node node) {
        String name = options.file().toString();
        return name.endsWith(".parquet")
                ? new ParquetTable(node.files(), options.file())
                : DelimitedTable.open(options.file(), options.delimiter(), options.encoding());
    }

    private Profile profiled(Table table) {
        steps.start("Reading");
        Profile profile = Profiler.of(table, options);
        if (profile.label().task() != Task.BINARY) {
            throw TableProblem.unfit(
                    "task-not-served",
                    "'" + options.label() + "' has "
                            + profile.column(options.label()).distinct()
                            + " different values; this release serves labels of two classes.",
                    "Name another label, or reduce it to two classes.");
        }
        steps.done("%,d rows, %d columns: %s", profile.rows(), table.header().size(), table.described());
        return profile;
    }

    private Report learned(Node node, Table table, Profile profile, Timeline timeline) {
        Layout layout = new Layout(table, profile);
        Draft draft = new Draft(options, profile, layout, timeline);
        node.apply(draft.application(Draft.BOOSTED, Draft.LOGISTIC, List.of()), BY);
        Sender sender = new Sender(node, options, table, profile, layout, timeline);
        steps.start("Events");
        sender.send();
        steps.done("%,d events in the log and the lake", 2 * sender.sent());
        TrainingRun.Outcome boosted = train(node, Draft.BOOSTED);
        TrainingRun.Outcome logistic = train(node, Draft.LOGISTIC);
        Comparison choice = compare(node, boosted, logistic, sender.calibration(), timeline);
        TrainingRun.Outcome chosen = choice.chosen().equals(Draft.BOOSTED) ? boosted : logistic;
        Application application = draft.application(choice.chosen(), choice.other(), gates(chosen));
        node.apply(application, BY);
        node.models().promote(options.name(), Draft.BOOSTED, boosted.version(), Route.CHAMPION, 1, false, BY);
        node.models().promote(options.name(), Draft.LOGISTIC, logistic.version(), Route.CHAMPION, 1, false, BY);
        Path manifest = write(application);
        Scores test = scores(node, choice.chosen(), chosen, sender.test(), timeline);
        List<Fairness> fairness = fairness(profile, draft, test, sender.test().rows());
        Report.Example example = answer(node, layout, sender.test(), test.probabilities(), draft.threshold());
        return new Report(
                options.name(),
                options.file().toString(),
                table.described(),
                profile.rows(),
                table.header().size(),
                profile.label().column(),
                profile.label().task().label(),
                profile.label().classes(),
                profile.label().positiveShare(),
                profile.findings(),
                profile.strengths(),
                new Report.Split(
                        timeline.told() ? "time" : "hash",
                        chosen.rows().train(),
                        chosen.rows().calibrate(),
                        chosen.rows().test()),
                List.of(candidate(Draft.BOOSTED, boosted), candidate(Draft.LOGISTIC, logistic)),
                choice,
                test.drivers(DRIVERS),
                fairness,
                example,
                manifest.toString(),
                options.home().toAbsolutePath().toString(),
                Math.round((System.nanoTime() - started) / 1e8) / 10.0);
    }

    private TrainingRun.Outcome train(Node node, String model) {
        steps.start("Training " + model);
        TrainingRun run = node.models().train(options.name(), model, Progress.NONE, BY);
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome == null) {
            throw new IllegalStateException("training of " + model + " ended as " + run.state());
        }
        Evaluation.Estimate auc = outcome.evaluation()
                .metric(Gate.Metric.AUC)
                .orElseThrow(() -> TableProblem.unfit(
                        "one-class-in-test",
                        "The test slice holds one class only, so nothing can be said of quality.",
                        "Maybe use another --time, or none with --time ''."));
        steps.done(
                "AUC %.3f [%.3f, %.3f] on %,d rows",
                auc.value(), auc.low(), auc.high(), outcome.rows().test());
        return outcome;
    }

    private Comparison compare(
            Node node,
            TrainingRun.Outcome boosted,
            TrainingRun.Outcome logistic,
            Holdout calibration,
            Timeline timeline) {
        Scores first = scores(node, Draft.BOOSTED, boosted, calibration, timeline);
        Scores second = scores(node, Draft.LOGISTIC, logistic, calibration, timeline);
        return Comparison.of(
                Draft.BOOSTED,
                first.probabilities(),
                Draft.LOGISTIC,
                second.probabilities(),
                first.labels(),
                options.seed());
    }

    private Scores scores(Node node, String model, TrainingRun.Outcome outcome, Holdout rows, Timeline timeline) {
        var loaded = node.models().model(options.name(), model, outcome.version());
        boolean timed = loaded.card().features().stream()
                .anyMatch(feature -> feature.name().equals("weekday"));
        return new Scores(loaded, rows.rows(), timed && timeline.told());
    }

    /** Later versions must not be clearly worse than this one. */
    private static List<Gate> gates(TrainingRun.Outcome chosen) {
        return chosen
                .evaluation()
                .metric(Gate.Metric.AUC)
                .map(auc -> new Gate(Gate.Metric.AUC, Gate.Bound.AT_LEAST, Math.floor(auc.low() * 100) / 100))
                .stream()
                .toList();
    }

    private static Report.Candidate candidate(String name, TrainingRun.Outcome outcome) {
        return new Report.Candidate(
                name, outcome.version(), outcome.digest(), outcome.evaluation().metrics());
    }

    private Path write(Application application) {
        Path manifest = options.home().resolve("app.yaml");
        String heading = "# Written by: dougong try " + options.file() + " --label " + options.label() + "\n"
                + "# Edit it and bring it to a running server with: dougong apply " + manifest + "\n";
        try {
            Files.write(
                    manifest,
                    (heading + new String(Manifest.write(application), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8));
            return manifest;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private List<Fairness> fairness(Profile profile, Draft draft, Scores test, List<Holdout.Held> rows) {
        Label label = profile.label();
        boolean favourPositive = favoursPositive(label);
        double[] probabilities = test.probabilities();
        boolean[] truths = test.labels();
        boolean[] given = new boolean[truths.length];
        boolean[] deserved = new boolean[truths.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = probabilities[i] >= draft.threshold() == favourPositive;
            deserved[i] = truths[i] == favourPositive;
        }
        List<Fairness> all = new ArrayList<>();
        for (int i = 0; i < profile.guarded().size(); i++) {
            int place = i;
            List<@Nullable String> groups = new ArrayList<>();
            rows.forEach(row -> groups.add(row.groups().get(place)));
            all.addAll(Fairness.of(
                    profile.guarded().get(i).column(),
                    favourPositive ? label.positive() : label.negative(),
                    groups,
                    given,
                    deserved,
                    options.seed()));
        }
        return all;
    }

    /** Unless told otherwise the event that is predicted is the unwelcome one. */
    private boolean favoursPositive(Label label) {
        String asked = options.favourable();
        if (asked != null && !label.classes().contains(asked)) {
            throw TableProblem.unfit(
                    "no-such-class",
                    "--favourable '" + asked + "' is no value of '" + label.column() + "'.",
                    Suggest.near(asked, label.classes()));
        }
        return asked != null && asked.equals(label.positive());
    }

    /** Asks about some test rows, as a client would, and tells what turned out: the console has something to show. */
    private Report.Example answer(Node node, Layout layout, Holdout test, double[] probabilities, double threshold) {
        List<Holdout.Held> rows = test.rows();
        int example = 0;
        for (int i = 0; i < rows.size(); i++) {
            boolean better = Math.abs(probabilities[i] - wanted(threshold))
                    < Math.abs(probabilities[example] - wanted(threshold));
            example = better ? i : example;
        }
        List<CompletableFuture<DecisionLog.Entry>> asked = new ArrayList<>();
        List<Holdout.Held> chosen = new ArrayList<>(rows.subList(0, Math.min(ANSWERED, rows.size())));
        chosen.add(rows.get(example));
        for (Holdout.Held row : chosen) {
            byte[] question = layout.asking(row.key(), row.micros(), row.values());
            asked.add(node.decide(options.name(), Draft.DECISION, null, question));
        }
        Decision shown = EventLog.await(asked.getLast()).decision();
        for (int i = 0; i < chosen.size() - 1; i++) {
            String id = EventLog.await(asked.get(i)).decision().id();
            node.feedback(id, Boolean.TRUE.equals(chosen.get(i).truth()), BY);
        }
        Holdout.Held row = chosen.getLast();
        String question = new String(layout.asking(row.key(), row.micros(), row.values()), StandardCharsets.UTF_8);
        writeQuestion(question);
        return new Report.Example(
                shown.id(), question, shown.outcome().label(), shown.score().probability(), shown.reasons());
    }

    private static double wanted(double threshold) {
        return (1 + 2 * threshold) / 3;
    }

    private void writeQuestion(String question) {
        try {
            Files.writeString(options.home().resolve("question.json"), question + "\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
