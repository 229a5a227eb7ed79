package io.dougong.server.console;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;

/** Decisions as rows of a table. */
final class DecisionRows {

    private DecisionRows() {}

    static DomContent table(Visit visit, List<Brief> briefs) {
        return Blocks.grid(
                List.of(
                        visit.say("decision.key"),
                        visit.say("decision.name"),
                        visit.say("decision.outcome"),
                        visit.say(heading(briefs)),
                        visit.say("decision.asked"),
                        visit.say("decision.model"),
                        visit.say("decision.truth")),
                briefs.stream().map(brief -> row(visit, brief)).toList());
    }

    /** What the column of answers holds. */
    static String heading(List<Brief> briefs) {
        return briefs.stream().allMatch(brief -> brief.amount().isEmpty()) ? "decision.probability" : "decision.value";
    }

    private static DomContent row(Visit visit, Brief brief) {
        return Blocks.row(
                Blocks.link("/decisions/" + brief.id(), brief.key()),
                Blocks.text(brief.from().isEmpty() ? brief.name() : brief.from() + " → " + brief.to()),
                outcome(brief.outcome()),
                Blocks.number(brief.said(3)),
                Blocks.at(brief.askedMicros()),
                Blocks.text(brief.model() + " v" + brief.version() + " · "
                        + brief.route().label().toLowerCase(Locale.ROOT)),
                truth(visit, brief.truth()));
    }

    static DomContent truth(Visit visit, @org.jspecify.annotations.Nullable Boolean truth) {
        return truth == null
                ? Blocks.badge(visit.say("truth.open"), "quiet")
                : Blocks.badge(visit.say(truth ? "truth.yes" : "truth.no"), truth ? "high" : "low");
    }

    static DomContent outcome(String outcome) {
        return Blocks.badge(outcome.replace('_', ' '), tone(outcome));
    }

    /** By the name alone, where the definition is not at hand. */
    static String tone(String outcome) {
        return switch (outcome) {
            case "REVIEW" -> "review";
            default ->
                outcome.startsWith("ON_")
                                || outcome.startsWith("NO")
                                || outcome.startsWith("ACCEPT")
                                || outcome.startsWith("APPROVE")
                                || outcome.startsWith("KEEP")
                        ? "low"
                        : "high";
        };
    }
}
