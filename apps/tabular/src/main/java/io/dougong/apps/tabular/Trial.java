package io.dougong.apps.tabular;

import io.dougong.decisions.Route;
import io.dougong.kernel.Home;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.models.Task;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a file to a trained and registered model in a home folder, by the path that every application takes: rows become events, events
 * reach the lake, models are trained from the lake. So lineage, replay and the audit chain hold for what is decided afterwards.
 */
final class Trial {

    private static final String BY = "try";
    private static final int DRIVERS = 10;
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
        steps.done("%,d rows, %d columns: %s", profile.rows(), table.header().size(), table.described());
        return profile;
    }

    private Report learned(Node node, Table table, Profile profile, Timeline timeline) {
        Yardstick yardstick = Yardstick.of(profile.label().task());
        Layout layout = new Layout(table, profile);
        Draft draft = new Draft(options, profile, layout, timeline);
        node.apply(draft.application(Draft.BOOSTED, Draft.LOGISTIC, List.of()), BY);
        Sender sender = new Sender(node, options, table, profile, layout, timeline);
        steps.start("Events");
        sender.send();
        steps.done("%,d events in the log and the lake", 2 * sender.sent());
        TrainingRun.Outcome boosted = train(node, Draft.BOOSTED, yardstick);
        TrainingRun.Outcome logistic = train(node, Draft.LOGISTIC, yardstick);
        Comparison choice = compare(node, profile.label().task(), boosted, logistic, sender.calibration(), timeline);
        TrainingRun.Outcome chosen = choice.chosen().equals(Draft.BOOSTED) ? boosted : logistic;
        Application application =
                draft.application(choice.chosen(), choice.other(), yardstick.gates(chosen.evaluation()));
        node.apply(application, BY);
        node.models().promote(options.name(), Draft.BOOSTED, boosted.version(), Route.CHAMPION, 1, false, BY);
        node.models().promote(options.name(), Draft.LOGISTIC, logistic.version(), Route.CHAMPION, 1, false, BY);
        Path manifest = write(application);
        Scores test = scores(node, choice.chosen(), chosen, sender.test(), timeline);
        FairnessReport fairness = new FairnessReport(profile, options, draft.threshold());
        List<Report.Crossed> crossed = new FoldCheck(node, options, profile.label(), steps).measured();
        Report.Example example = new FirstAnswers(node, options, layout, draft.threshold())
                .ask(sender.test().rows(), test.scores());
        return new Report(
                options.name(),
                options.file().toString(),
                table.described(),
                profile.rows(),
                table.header().size(),
                profile.label().column(),
                profile.label().task().label(),
                profile.label().classes(),
                present(profile.label().positiveShare()),
                profile.findings(),
                profile.strengths(),
                new Report.Split(
                        timeline.told() ? "time" : "hash",
                        chosen.rows().train(),
                        chosen.rows().calibrate(),
                        chosen.rows().test()),
                List.of(candidate(Draft.BOOSTED, boosted), candidate(Draft.LOGISTIC, logistic)),
                choice,
                crossed,
                test.drivers(DRIVERS),
                fairness.of(test.scores(), sender.test().rows()),
                fairness.figures(test.scores(), sender.test().rows()),
                example,
                manifest.toString(),
                options.home().toAbsolutePath().toString(),
                Math.round((System.nanoTime() - started) / 1e8) / 10.0);
    }

    private TrainingRun.Outcome train(Node node, String model, Yardstick yardstick) {
        steps.start("Training " + model);
        TrainingRun run = node.models().train(options.name(), model, Progress.NONE, BY);
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome == null) {
            throw new IllegalStateException("training of " + model + " ended as " + run.state());
        }
        steps.done(
                "%s on %,d rows",
                yardstick.said(outcome.evaluation()), outcome.rows().test());
        return outcome;
    }

    private Comparison compare(
            Node node,
            Task task,
            TrainingRun.Outcome boosted,
            TrainingRun.Outcome logistic,
            Holdout calibration,
            Timeline timeline) {
        Scores first = scores(node, Draft.BOOSTED, boosted, calibration, timeline);
        Scores second = scores(node, Draft.LOGISTIC, logistic, calibration, timeline);
        return Comparison.of(task, Draft.BOOSTED, first, Draft.LOGISTIC, second, options.seed());
    }

    private Scores scores(Node node, String model, TrainingRun.Outcome outcome, Holdout rows, Timeline timeline) {
        var loaded = node.models().model(options.name(), model, outcome.version());
        boolean timed = loaded.card().features().stream()
                .anyMatch(feature -> feature.name().equals("weekday"));
        return new Scores(loaded, rows.rows(), timed && timeline.told());
    }

    private static @Nullable Double present(double number) {
        return Double.isNaN(number) ? null : (Double) number;
    }

    private static Report.Candidate candidate(String name, TrainingRun.Outcome outcome) {
        return new Report.Candidate(
                name,
                outcome.version(),
                outcome.digest(),
                outcome.evaluation().metrics(),
                outcome.evaluation().abstention().coverage(),
                outcome.evaluation().matrix());
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
}
