package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.span;
import static j2html.TagCreator.tag;

import io.dougong.decisions.Route;
import io.dougong.node.HealingStatus;
import io.dougong.node.ModelRole;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a roll-out stands: which version answers what share, who is only asked along, and the phase of a healing. */
final class RolloutBar {

    private static final int WIDE = 600;
    private static final int HIGH = 14;

    private RolloutBar() {}

    /** @param tone names its colour */
    private record Part(int version, Route route, double share, String tone) {}

    static DomContent of(Visit visit, List<ModelRole> roles, Optional<HealingStatus> healing) {
        List<Part> answering = answering(roles);
        if (answering.isEmpty()) {
            return Blocks.note(visit.say("rollout.none"));
        }
        return div(
                attrs(".rollout"),
                bar(visit, answering),
                div(
                        attrs(".badges"),
                        each(
                                answering,
                                part -> Blocks.badge(
                                        "v" + part.version() + " "
                                                + part.route().label().toLowerCase(Locale.ROOT) + " "
                                                + Figures.percent(part.share()),
                                        part.tone())),
                        each(
                                roles.stream()
                                        .filter(role -> role.route() == Route.SHADOW)
                                        .toList(),
                                role -> Blocks.badge(visit.say("rollout.shadow", role.version()), "quiet")),
                        iff(
                                healing.isPresent(),
                                span(healing.map(status -> visit.say(
                                                        "rollout.healing",
                                                        status.state().phase().name()))
                                                .orElse(""))
                                        .withClass("hint-inline"))));
    }

    /** The champion answers what the others leave. */
    private static List<Part> answering(List<ModelRole> roles) {
        List<Part> parts = new ArrayList<>();
        double left = 1;
        for (ModelRole role : roles) {
            if (role.route() == Route.CANARY || role.route() == Route.CHALLENGER) {
                parts.add(new Part(role.version(), role.route(), role.share(), "review"));
                left -= role.share();
            }
        }
        for (ModelRole role : roles) {
            if (role.route() == Route.CHAMPION) {
                parts.add(new Part(role.version(), role.route(), Math.max(0, left), "low"));
            }
        }
        parts.sort(Comparator.comparing(Part::route));
        return parts;
    }

    private static DomContent bar(Visit visit, List<Part> parts) {
        ContainerTag<?> chart = Charts.image(visit.say("rollout.label"), WIDE, HIGH, "rollout-bar")
                .attr("preserveAspectRatio", "none");
        double at = 0;
        for (Part part : parts) {
            chart.with(tag("rect")
                    .attr("x", Charts.n(at))
                    .attr("y", 0)
                    .attr("width", Charts.n(Math.max(2, WIDE * part.share() - 2)))
                    .attr("height", HIGH)
                    .attr("class", "fill-" + part.tone()));
            at += WIDE * part.share();
        }
        return chart;
    }
}
