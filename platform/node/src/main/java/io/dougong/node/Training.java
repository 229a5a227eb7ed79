package io.dougong.node;

import io.dougong.decisions.Route;
import io.dougong.kernel.Digest;
import io.dougong.kernel.InvalidValue;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.SqlResult;
import io.dougong.learn.CrossValidated;
import io.dougong.learn.Gate;
import io.dougong.learn.GateResult;
import io.dougong.learn.LabelCorrections;
import io.dougong.learn.Learning;
import io.dougong.learn.LearningStream;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.Progress;
import io.dougong.learn.RunLog;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainingRequest;
import io.dougong.learn.TrainingRun;
import io.dougong.learn.Verdict;
import io.dougong.manifest.Application;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelFormats;
import io.dougong.models.ModelVersion;
import io.dougong.models.Task;
import io.dougong.operate.Reference;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewFilter;
import io.dougong.review.ReviewQueue;
import io.dougong.serving.DecisionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Trains an application's models from its history and gives versions their roles. */
final class Training {

    private static final AdaptiveConformal USUAL_ABSTENTION = new AdaptiveConformal(0.1, 0.005);

    private static final double USUAL_BOUNDARY = 0.5;

    private static final int MOST_LISTED = 1_000;
    private static final int MOST_SHOWN = 3;
    private static final int MOST_VERDICTS = 100_000;

    private final Rooms rooms;
    private final RunLog runs;
    private final TrackedTrainings tracked;
    private final ReviewQueue reviews;
    private final References references;
    private final Learning learning;

    Training(
            Rooms rooms,
            RunLog runs,
            TrackedTrainings tracked,
            ReviewQueue reviews,
            References references,
            ModelFormats formats,
            List<Trainer> trainers) {
        this.rooms = rooms;
        this.reviews = reviews;
        this.references = references;
        this.runs = runs;
        this.tracked = tracked;
        this.learning = new Learning(runs, rooms.registry(), formats, trainers);
    }

    Optional<Reference> reference(Digest artifact) {
        return references.find(artifact.hex());
    }

    TrainingRun train(RunningApplication application, String model, Progress progress, String by) {
        return train(application, model, Long.MAX_VALUE, progress, by);
    }

    /** On what was known before this event time. */
    TrainingRun trainAsOf(RunningApplication application, String model, long asOfMicros, String by) {
        return train(application, model, asOfMicros, Progress.NONE, by);
    }

    private TrainingRun train(
            RunningApplication application, String model, long asOfMicros, Progress progress, String by) {
        ModelDefinition definition = application.model(model);
        TrainingRun run = shown(
                application,
                model,
                () -> learning.train(
                        request(application, definition, asOfMicros),
                        progress,
                        (dataset, slices, artifact) -> references.make(
                                dataset,
                                slices,
                                artifact,
                                application.application().monitors(),
                                positiveFrom(application, definition))));
        rooms.administration()
                .record(new AdminEvent.Noted(
                        "train", application.application().name() + "/" + model + " run " + run.runId(), by));
        return run;
    }

    CrossValidated crossValidate(RunningApplication application, String model, int folds, Progress progress) {
        return learning.crossValidate(request(application, application.model(model), Long.MAX_VALUE), folds, progress);
    }

    /** Also if it fails, the newest runs are shown among the experiments. */
    private TrainingRun shown(RunningApplication application, String model, Supplier<TrainingRun> training) {
        try {
            return training.get();
        } finally {
            tracked.show(runs.list(application.application().name(), model, MOST_SHOWN));
        }
    }

    /** Every training there ever was, as far as it is listed. */
    void showAll(Application application) {
        application.models().forEach(model -> tracked.show(runs(application.name(), model.name())));
    }

    private static double positiveFrom(RunningApplication application, ModelDefinition model) {
        return application.application().decisions().stream()
                .filter(decision -> decision.model().equals(model.name()))
                .map(decision -> decision.outcomes().getFirst())
                .mapToDouble(highest -> highest.bounded() ? highest.from() : 0)
                .findFirst()
                .orElse(USUAL_BOUNDARY);
    }

    private TrainingRequest request(RunningApplication application, ModelDefinition model, long asOfMicros) {
        Range range = range(application.stream(model.stream()));
        long newest = Math.max(
                range.to(), range(application.stream(model.label().stream())).to());
        long to = Math.min(range.to() + 1, asOfMicros);
        return new TrainingRequest(
                application.application().name(),
                model,
                application.streams().stream().map(this::history).toList(),
                application.application().features(),
                model.split().fromMicros(range.from(), to),
                to,
                Math.min(newest, asOfMicros),
                abstention(application, model),
                rooms.settings().codeVersion(),
                corrections(application.application(), model, asOfMicros),
                model.seed());
    }

    private LabelCorrections corrections(Application application, ModelDefinition model, long asOfMicros) {
        return new LabelCorrections(
                verdicts(application, model, asOfMicros),
                new UntrustedLabels(rooms.log(), rooms.settings().systemPartitions())
                        .of(application.name(), asOfMicros));
    }

    /** How people settled what this model left to them, where their word counts as the truth and none came by itself. */
    private List<Verdict> verdicts(Application application, ModelDefinition model, long asOfMicros) {
        Task task = model.label().task();
        List<Verdict> verdicts = new ArrayList<>();
        for (DecisionDefinition decision : application.decisions()) {
            if (decision.model().equals(model.name()) && decision.reviewPolicy().teaches()) {
                reviews
                        .list(new ReviewFilter(application.name(), decision.name(), false, null, MOST_VERDICTS, 0))
                        .stream()
                        .filter(over -> over.outcome() != null && over.truth() == null)
                        .filter(over -> over.opinions().getLast().givenMicros() < asOfMicros)
                        .forEach(over -> verdict(decision, task, over).ifPresent(verdicts::add));
            }
        }
        return verdicts;
    }

    private static Optional<Verdict> verdict(DecisionDefinition decision, Task task, ReviewCase over) {
        return PersonsWord.truth(decision, task, String.valueOf(over.outcome()))
                .map(truth -> new Verdict(
                        over.key(), truth.scalar(), over.opinions().getLast().givenMicros()));
    }

    private LearningStream history(NodeStream stream) {
        return new LearningStream(
                stream.name(),
                stream.featureStream(),
                rooms.lake().table(stream.table()),
                stream.definition().key(),
                stream.definition().time());
    }

    private record Range(long from, long to) {}

    /** Event times of the first and the last event in the lake. */
    private Range range(NodeStream stream) {
        String time = stream.definition().time();
        SqlResult result = rooms.lake()
                .sql("SELECT min(\"" + time + "\"), max(\"" + time + "\") FROM " + stream.table(), SqlLimits.DEFAULT);
        @Nullable Object from = result.rows().getFirst().get(0);
        @Nullable Object to = result.rows().getFirst().get(1);
        if (from instanceof Long first && to instanceof Long last) {
            return new Range(first, last);
        }
        throw new InvalidValue(
                "no-history", "Stream '" + stream.name() + "' has no events yet.", "Append some, then train.");
    }

    /** As the decision that uses the model declares it. */
    private static AdaptiveConformal abstention(RunningApplication application, ModelDefinition model) {
        return application.application().decisions().stream()
                .filter(decision -> decision.model().equals(model.name()))
                .map(DecisionDefinition::abstention)
                .filter(declared -> declared != null)
                .findFirst()
                .map(declared -> new AdaptiveConformal(1 - declared.coverage(), declared.rate()))
                .orElse(USUAL_ABSTENTION);
    }

    int adopt(String application, String model, String other, String by) {
        ModelRole champion = rooms.definitions().roles(application, other).stream()
                .filter(role -> role.route() == Route.CHAMPION)
                .findFirst()
                .orElseThrow(() -> NodeProblem.noChampion(other));
        ModelVersion adopted = rooms.registry()
                .register(registered(application, model), rooms.registry().load(new Digest(champion.digest())));
        rooms.administration()
                .record(new AdminEvent.Noted(
                        "adopt", application + "/" + model + " " + adopted.version() + " from " + other, by));
        return adopted.version();
    }

    static String registered(String application, String model) {
        return application + "__" + model;
    }

    List<TrainingRun> runs(String application, String model) {
        return runs.list(application, model, MOST_LISTED);
    }

    List<ModelVersion> versions(String application, String model) {
        String name = registered(application, model);
        return rooms.registry().names().contains(name) ? rooms.registry().versions(name) : List.of();
    }

    LoadedModel model(String application, String model, int version) {
        return rooms.arms()
                .load(rooms.registry()
                        .version(registered(application, model), version)
                        .digest());
    }

    void promote(String application, String model, int version, Route route, double share, boolean force, String by) {
        if (route == Route.CHAMPION || route == Route.SHADOW ? share != 1 : !(share > 0 && share < 1)) {
            throw NodeProblem.badRollout("A share of " + share + " does not fit a " + route.label() + ".");
        }
        ModelVersion registered = rooms.registry().version(registered(application, model), version);
        if (!force) {
            requireGates(application, model, registered);
        }
        rooms.administration()
                .record(new AdminEvent.RolledOut(
                        application,
                        model,
                        route,
                        version,
                        registered.digest().hex(),
                        share,
                        force ? "forced" : "gates passed",
                        by));
    }

    private void requireGates(String application, String model, ModelVersion version) {
        List<GateResult> failed = runs(application, model).stream()
                .map(TrainingRun::outcome)
                .filter(outcome -> outcome != null
                        && outcome.digest().equals(version.digest().hex()))
                .limit(1)
                .flatMap(outcome -> outcome.gates().stream())
                .filter(gate -> !gate.passed())
                .toList();
        if (!failed.isEmpty()) {
            throw NodeProblem.gatesFailed(
                    model,
                    version.version(),
                    failed.stream().map(Training::text).collect(Collectors.joining("; ")));
        }
    }

    private static String text(GateResult result) {
        Gate gate = result.gate();
        return gate.metric().label() + " is " + result.measured() + ", must be "
                + (gate.bound() == Gate.Bound.AT_LEAST ? "at least " : "at most ") + gate.value();
    }

    void withdraw(String application, String model, Route route, String why, String by) {
        if (route == Route.CHAMPION) {
            throw NodeProblem.badRollout("A champion cannot be withdrawn, only replaced.");
        }
        rooms.administration().record(new AdminEvent.Withdrawn(application, model, route, why, by));
    }
}
