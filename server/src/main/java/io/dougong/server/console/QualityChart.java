package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.ul;

import io.dougong.node.HealingStatus;
import io.dougong.serving.DecisionDefinition;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How good the answers were, day by day, beside what other models would have said, and where a healing has stepped in. */
final class QualityChart {

    private static final List<String> TONES = List.of("low", "review", "quiet", "high");
    private static final Set<String> TURNS = Set.of("FALL_BACK", "RETRAIN", "PROMOTE", "ROLL_BACK");
    private static final int STEPS = 6;

    private QualityChart() {}

    /** @param healing steps, oldest first */
    static DomContent of(
            Visit visit, DecisionDefinition decision, Timeline.Copy timeline, List<HealingStatus.Step> healing) {
        if (timeline.days().isEmpty()) {
            return Blocks.empty(visit.say("empty.labels"), visit.say("empty.labels.advice"));
        }
        List<Long> days =
                timeline.days().keySet().stream().map(day -> day / 1_000_000).toList();
        List<Charts.Series> series = new ArrayList<>();
        series.add(new Charts.Series(visit.say("quality.answers"), "accent", aucs(timeline.days(), timeline.days())));
        for (Map.Entry<String, TreeMap<Long, Quality>> shadow :
                timeline.shadows().entrySet()) {
            series.add(new Charts.Series(
                    shadow.getKey(),
                    TONES.get((series.size() - 1) % TONES.size()),
                    aucs(timeline.days(), shadow.getValue())));
        }
        List<HealingStatus.Step> turns =
                healing.stream().filter(step -> TURNS.contains(step.outcome())).toList();
        return div(
                attrs(".content"),
                Charts.overTime(visit.say("quality.label"), "lines", days, series, marks(turns)),
                p(visit.say(timeline.shadows().isEmpty() ? "quality.note" : "quality.beside"))
                        .withClass("note"),
                turns.isEmpty() ? Blocks.text("") : steps(visit, turns));
    }

    private static List<@Nullable Double> aucs(TreeMap<Long, Quality> days, TreeMap<Long, Quality> ofModel) {
        List<@Nullable Double> aucs = new ArrayList<>();
        for (Long day : days.keySet()) {
            Quality quality = ofModel.get(day);
            double auc = quality == null ? Double.NaN : quality.auc();
            aucs.add(Double.isNaN(auc) ? null : (Double) (Math.round(auc * 1e4) / 1e4));
        }
        return aucs;
    }

    private static List<Charts.Mark> marks(List<HealingStatus.Step> turns) {
        return turns.stream()
                .map(step -> new Charts.Mark(step.atMicros() / 1_000_000, tone(step.outcome())))
                .toList();
    }

    private static String tone(String outcome) {
        return switch (outcome) {
            case "PROMOTE" -> "low";
            case "ROLL_BACK" -> "review";
            default -> "high";
        };
    }

    private static DomContent steps(Visit visit, List<HealingStatus.Step> turns) {
        return ul(each(
                        turns.reversed().stream().limit(STEPS).toList(),
                        step -> li(
                                Blocks.badge(step.outcome().replace('_', ' '), tone(step.outcome())),
                                span(" " + (visit.chinese() ? step.chinese() : step.english()) + " "),
                                strong(Figures.minute(step.atMicros())).withClass("hint-inline"))))
                .withClass("turns");
    }
}
