package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;

import io.dougong.features.FeatureInfo;
import io.dougong.manifest.Application;
import io.dougong.node.FeatureCheck;
import io.dougong.node.Node;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Feature views with how fresh they are, and how the values that decisions saw are spread: now against training. */
final class FeaturesPage {

    private final Node node;
    private final Layout layout;

    FeaturesPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(visit, "features", visit.say("page.features"), "", Choice.none(visit));
        }
        Application application = Choice.of(visit, applications);
        return layout.page(
                visit,
                "features",
                visit.say("page.features"),
                visit.say("features.lead"),
                Choice.switcher(visit, applications, application, "/features"),
                verify(visit, application),
                views(visit, application),
                new FeatureSpread(node).of(visit, application));
    }

    private static DomContent verify(Visit visit, Application application) {
        return Blocks.card(
                visit.say("features.verify"),
                Blocks.note(visit.say("features.verify.note")),
                div(
                        attrs(".buttons"),
                        button(visit.say("features.verify.go"))
                                .withId("verify-features")
                                .attr("hx-post", "/features/verify?app=" + Choice.encoded(application.name()))
                                .attr("hx-target", "#verified")
                                .attr("hx-disabled-elt", "this")),
                div(attrs("#verified.result")).attr("aria-live", "polite"));
    }

    Response verified(Visit visit) {
        FeatureCheck check = node.verifyFeatures(visit.asked("app"));
        return Response.part(Blocks.alert(
                check.mismatches() == 0 ? "low" : "high",
                visit.say(check.mismatches() == 0 ? "features.same" : "features.other"),
                visit.say(
                        "features.checked",
                        Figures.count(check.values()),
                        Figures.count(check.decisions()),
                        Figures.count(check.mismatches()))));
    }

    private DomContent views(Visit visit, Application application) {
        Map<String, List<FeatureInfo>> views = new LinkedHashMap<>();
        node.features(application.name())
                .forEach(feature -> views.computeIfAbsent(feature.view(), _ -> new ArrayList<>())
                        .add(feature));
        if (views.isEmpty()) {
            return Blocks.empty(visit.say("features.none"), visit.say("features.none.advice"));
        }
        long newest = views.values().stream()
                .mapToLong(view -> view.getFirst().newestMicros())
                .max()
                .orElse(Long.MIN_VALUE);
        return Blocks.card(
                visit.say("features.views"),
                Blocks.grid(
                        List.of(
                                visit.say("features.view"),
                                visit.say("features.stream"),
                                visit.say("features.entity"),
                                visit.say("features.count"),
                                visit.say("features.entities"),
                                visit.say("features.newest"),
                                visit.say("features.behind")),
                        views.entrySet().stream()
                                .map(view -> row(view.getKey(), view.getValue(), newest))
                                .toList()));
    }

    private static DomContent row(String name, List<FeatureInfo> view, long newest) {
        FeatureInfo first = view.getFirst();
        boolean any = first.newestMicros() != Long.MIN_VALUE;
        return Blocks.row(
                Blocks.code(name),
                Blocks.text(first.stream()),
                Blocks.text(first.entity().isEmpty() ? "–" : String.join(", ", first.entity())),
                Blocks.number(Integer.toString(view.size())),
                Blocks.number(Figures.count(first.entities())),
                Blocks.at(any ? first.newestMicros() : 0),
                Blocks.text(any ? Figures.span(newest - first.newestMicros()) : "–"));
    }
}
