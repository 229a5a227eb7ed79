package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.li;
import static j2html.TagCreator.option;
import static j2html.TagCreator.select;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.ul;

import io.dougong.decisions.Route;
import io.dougong.learn.Evaluation;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Application;
import io.dougong.models.AliasChange;
import io.dougong.models.ModelVersion;
import io.dougong.node.HealingStatus;
import io.dougong.node.ModelRole;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Models: versions side by side, how honest their probabilities are, for whom they work, who serves, and how it came to that. */
final class ModelsPage {

    private static final List<String> METRICS = List.of("auc", "log_loss", "brier", "ece");
    private static final int VERSIONS = 12;
    private static final int GROUPS = 40;

    private final Node node;
    private final Tally tally;
    private final Layout layout;

    ModelsPage(Node node, Tally tally, Layout layout) {
        this.node = node;
        this.tally = tally;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(visit, "models", visit.say("page.models"), "", Choice.none(visit));
        }
        Application application = Choice.of(visit, applications);
        List<DomContent> content = new ArrayList<>();
        content.add(Choice.switcher(visit, applications, application, "/models"));
        for (ModelDefinition model : application.models()) {
            content.add(model(visit, application, model));
        }
        if (application.models().isEmpty()) {
            content.add(Blocks.empty(visit.say("models.none"), visit.say("models.none.advice")));
        }
        return layout.page(
                visit,
                "models",
                visit.say("page.models"),
                visit.say("models.lead"),
                content.toArray(DomContent[]::new));
    }

    private DomContent model(Visit visit, Application application, ModelDefinition model) {
        List<ModelVersion> versions = new ArrayList<>(node.models().versions(application.name(), model.name()));
        versions.sort(Comparator.comparingInt(ModelVersion::version).reversed());
        List<ModelRole> roles = node.models().roles(application.name(), model.name());
        List<TrainingRun> runs = node.models().runs(application.name(), model.name());
        return Blocks.cardWith(
                model.name(),
                visit.may(Permission.DEFINE) ? trainButton(visit, application, model) : Blocks.text(""),
                versions.isEmpty()
                        ? Blocks.empty(
                                visit.say("models.untrained"),
                                visit.say("models.untrained.advice", application.name(), model.name()))
                        : div(
                                attrs(".content"),
                                RolloutBar.of(visit, roles, healing(application, model)),
                                comparison(visit, application, model, versions, roles, runs),
                                detail(visit, application, model, versions, roles, runs)));
    }

    private Optional<HealingStatus> healing(Application application, ModelDefinition model) {
        return node.healing(application.name()).stream()
                .filter(status -> status.model().equals(model.name()))
                .findFirst();
    }

    private static DomContent trainButton(Visit visit, Application application, ModelDefinition model) {
        return form(button(visit.say("models.train")).withClass("quiet"))
                .withMethod("post")
                .withAction(path(application.name(), model.name()) + "/train")
                .attr("hx-post", path(application.name(), model.name()) + "/train")
                .attr("hx-target", "body")
                .attr("hx-disabled-elt", "find button");
    }

    private static String path(String application, String model) {
        return "/models/" + application + "/" + model;
    }

    private static DomContent comparison(
            Visit visit,
            Application application,
            ModelDefinition model,
            List<ModelVersion> versions,
            List<ModelRole> roles,
            List<TrainingRun> runs) {
        List<String> heads = new ArrayList<>(List.of(visit.say("models.version"), visit.say("models.roles")));
        METRICS.forEach(metric -> heads.add(metric.toUpperCase(Locale.ROOT).replace('_', ' ')));
        heads.addAll(List.of(visit.say("models.gates"), visit.say("models.made"), visit.say("models.promote")));
        return Blocks.grid(
                heads,
                versions.stream()
                        .limit(VERSIONS)
                        .map(version -> versionRow(visit, application, model, version, roles, outcome(runs, version)))
                        .toList());
    }

    private static Optional<TrainingRun.Outcome> outcome(List<TrainingRun> runs, ModelVersion version) {
        return runs.stream()
                .map(TrainingRun::outcome)
                .filter(Objects::nonNull)
                .filter(outcome -> outcome.version() == version.version())
                .findFirst();
    }

    private static DomContent versionRow(
            Visit visit,
            Application application,
            ModelDefinition model,
            ModelVersion version,
            List<ModelRole> roles,
            Optional<TrainingRun.Outcome> outcome) {
        List<DomContent> cells = new ArrayList<>();
        cells.add(strong("v" + version.version()));
        cells.add(div(each(
                roles.stream()
                        .filter(role -> role.version() == version.version())
                        .toList(),
                role -> Blocks.badge(
                        role.route().label() + (role.share() < 1 ? " " + Figures.percent(role.share()) : ""), "low"))));
        for (String metric : METRICS) {
            cells.add(outcome.map(found -> found.evaluation().metrics().get(metric))
                    .map(ModelsPage::estimate)
                    .orElseGet(() -> Blocks.text("–")));
        }
        boolean passed = outcome.map(TrainingRun.Outcome::passed).orElse(false);
        cells.add(Blocks.badge(visit.say(passed ? "models.passed" : "models.failed"), passed ? "low" : "high"));
        cells.add(Blocks.at(version.createdMicros()));
        cells.add(visit.may(Permission.DEFINE) ? promote(visit, application, model, version) : Blocks.text("–"));
        return Blocks.row(cells.toArray(DomContent[]::new));
    }

    private static DomContent estimate(Evaluation.Estimate estimate) {
        return div(
                Blocks.number(Figures.decimal(estimate.value(), 4)),
                span(Figures.decimal(estimate.low(), 3) + " – " + Figures.decimal(estimate.high(), 3))
                        .withClass("hint"));
    }

    private static DomContent promote(
            Visit visit, Application application, ModelDefinition model, ModelVersion version) {
        return form(
                        attrs(".buttons"),
                        input().withType("hidden").withName("version").withValue(Integer.toString(version.version())),
                        label(select(each(
                                        List.of(Route.values()),
                                        route -> option(route.label()).withValue(route.name())))
                                .withName("route")
                                .attr("aria-label", visit.say("models.role", version.version()))),
                        button(visit.say("models.give")).withClass("quiet"))
                .withMethod("post")
                .withAction(path(application.name(), model.name()) + "/promote");
    }

    private DomContent detail(
            Visit visit,
            Application application,
            ModelDefinition model,
            List<ModelVersion> versions,
            List<ModelRole> roles,
            List<TrainingRun> runs) {
        int champion = roles.stream()
                .filter(role -> role.route() == Route.CHAMPION)
                .mapToInt(ModelRole::version)
                .findFirst()
                .orElse(versions.getFirst().version());
        Optional<Evaluation> evaluation = versions.stream()
                .filter(version -> version.version() == champion)
                .flatMap(version -> outcome(runs, version).stream())
                .map(TrainingRun.Outcome::evaluation)
                .findFirst();
        return div(
                attrs(".columns"),
                evaluation
                        .map(found -> calibration(visit, application, model, champion, found))
                        .orElseGet(() -> Blocks.text("")),
                evaluation.map(found -> slices(visit, champion, found)).orElseGet(() -> Blocks.text("")),
                history(visit, versions, roles));
    }

    private DomContent calibration(
            Visit visit, Application application, ModelDefinition model, int version, Evaluation evaluation) {
        return div(
                j2html.TagCreator.h3(visit.say("models.calibration", version)),
                Charts.square(
                        visit.say("models.calibration.label"),
                        visit.say("models.predicted"),
                        visit.say("models.observed"),
                        points(application, model, evaluation)),
                Blocks.note(visit.say("models.calibration.note")));
    }

    /** Of the live decisions if their truth is known, else from the counts of the test. */
    private List<Charts.Dot> points(Application application, ModelDefinition model, Evaluation evaluation) {
        List<Quality.Point> live = application.decisions().stream()
                .filter(decision -> decision.model().equals(model.name()))
                .flatMap(decision -> tally.timelineOf(application.name(), decision.name()).stream())
                .map(timeline -> timeline.since(Long.MIN_VALUE).calibration())
                .findFirst()
                .orElse(List.of());
        if (live.isEmpty()) {
            return tested(evaluation);
        }
        long most = live.stream().mapToLong(Quality.Point::rows).max().orElse(1);
        return live.stream()
                .map(point ->
                        new Charts.Dot(point.predicted(), point.observed(), Math.sqrt((double) point.rows() / most)))
                .toList();
    }

    private static List<Charts.Dot> tested(Evaluation evaluation) {
        List<Charts.Dot> dots = new ArrayList<>();
        List<Evaluation.Confusion> steps = evaluation.confusion();
        for (int i = 0; i + 1 < steps.size(); i++) {
            Evaluation.Confusion low = steps.get(i);
            Evaluation.Confusion high = steps.get(i + 1);
            long hits = low.truePositives() - high.truePositives();
            long rows = hits + low.falsePositives() - high.falsePositives();
            if (rows > 0) {
                dots.add(new Charts.Dot(
                        (low.threshold() + high.threshold()) / 2,
                        (double) hits / rows,
                        Math.sqrt((double) rows / evaluation.rows())));
            }
        }
        return dots;
    }

    private static DomContent slices(Visit visit, int version, Evaluation evaluation) {
        return div(
                j2html.TagCreator.h3(visit.say("models.slices", version)),
                evaluation.groups().isEmpty()
                        ? Blocks.note(visit.say("models.slices.none"))
                        : Blocks.scrolling(
                                List.of(
                                        visit.say("models.slice"),
                                        visit.say("models.rows"),
                                        "AUC",
                                        visit.say("models.predicted"),
                                        visit.say("models.observed")),
                                evaluation.groups().stream()
                                        .limit(GROUPS)
                                        .map(group -> Blocks.row(
                                                Blocks.text(group.feature() + " = " + group.value()),
                                                Blocks.number(Figures.count(group.rows())),
                                                Blocks.number(Figures.decimal(
                                                        group.metrics().getOrDefault("auc", Double.NaN), 3)),
                                                Blocks.number(Figures.percent(group.meanProbability())),
                                                Blocks.number(Figures.percent(group.positiveShare()))))
                                        .toList()));
    }

    /** Who plays which role since when, and how aliases moved before. */
    private static DomContent history(Visit visit, List<ModelVersion> versions, List<ModelRole> roles) {
        List<AliasChange> changes = versions.stream()
                .flatMap(version -> version.stages().stream())
                .distinct()
                .sorted(Comparator.comparingLong(AliasChange::atMicros).reversed())
                .limit(VERSIONS)
                .toList();
        return div(
                j2html.TagCreator.h3(visit.say("models.history")),
                roles.isEmpty() && changes.isEmpty()
                        ? Blocks.note(visit.say("models.history.none"))
                        : ul(
                                        each(
                                                roles,
                                                role -> step(
                                                        role.route().label() + " v" + role.version(),
                                                        role.setMicros(),
                                                        role.setBy() + " · " + Figures.percent(role.share()))),
                                        each(
                                                changes,
                                                change -> step(
                                                        change.alias() + " v" + change.previous() + " → v"
                                                                + change.version(),
                                                        change.atMicros(),
                                                        change.who() + " · " + change.why())))
                                .withClass("story"));
    }

    private static DomContent step(String what, long micros, String how) {
        return li(strong(what), div(span(Figures.minute(micros) + " · " + how).withClass("hint")));
    }

    Response train(Visit visit) {
        node.models()
                .train(
                        visit.at("application"),
                        visit.at("model"),
                        Progress.NONE,
                        visit.caller().actor());
        return Response.seeOther("/models?app=" + Choice.encoded(visit.at("application")));
    }

    Response promoted(Visit visit) {
        Route route = Route.valueOf(visit.sent("route"));
        boolean share = route == Route.CHALLENGER || route == Route.CANARY;
        node.models()
                .promote(
                        visit.at("application"),
                        visit.at("model"),
                        Integer.parseInt(visit.sent("version")),
                        route,
                        share ? 0.1 : 1.0,
                        false,
                        visit.caller().actor());
        return Response.seeOther("/models?app=" + Choice.encoded(visit.at("application")));
    }
}
