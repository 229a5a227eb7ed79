package io.dougong.manifest;

import static io.dougong.documents.Shape.Property.optional;

import io.dougong.documents.Durations;
import io.dougong.documents.Plain;
import io.dougong.documents.Shape;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.operate.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The shape of how an application is watched and healed. */
final class OperateGrammar {

    private static final int MOST = 100;
    private static final int MOST_GROUPS = 8;
    private static final HealingDefinition USUAL = HealingDefinition.usual("");

    private OperateGrammar() {}

    static Shape.Keys monitors() {
        return new Shape.Keys(
                "monitors",
                List.of(
                        optional(
                                "window",
                                Grammar.MINUTES,
                                "The event time that one figure is about.",
                                Durations.text(MonitorsDefinition.USUAL.window())),
                        optional(
                                "false_alarm_every",
                                Grammar.SPAN,
                                "How far apart false alarms of one kind of monitor shall be on average.",
                                Durations.text(MonitorsDefinition.USUAL.falseAlarmEvery())),
                        optional(
                                "latency_objective",
                                Grammar.SPAN,
                                "What 99 of 100 decisions must not take longer than, without the wait for the disk.",
                                Durations.text(MonitorsDefinition.USUAL.latencyObjective())),
                        optional(
                                "groups",
                                new Shape.Named(
                                        "a map of streams",
                                        Grammar.NAME,
                                        new Shape.Items("a list of fields", Grammar.FIELD, 0, MOST_GROUPS),
                                        0,
                                        MOST),
                                "By stream, the text fields that say which feed an event came from; the entities of its views if absent.",
                                Map.of())));
    }

    static Shape.Keys healing() {
        return new Shape.Keys(
                "a healing",
                List.of(
                        optional(
                                "on",
                                new Shape.Items(
                                        "a list of kinds of alarms",
                                        new Shape.Choice("a kind of alarm", Grammar.words(Reading.Kind.healed())),
                                        1,
                                        Reading.Kind.healed().size()),
                                "Which kinds of alarms start it.",
                                USUAL.on().stream().map(Grammar::word).toList()),
                        optional(
                                "training_delay",
                                Grammar.LAPSE,
                                "Event time from the alarm until the new version is tried; the stream waits for a slower training.",
                                text(USUAL.trainingDelayMillis())),
                        optional(
                                "shadow",
                                Grammar.SPAN,
                                "How long a candidate is asked along without effect.",
                                text(USUAL.shadowMillis())),
                        optional(
                                "canary_share",
                                Shape.Decimal.inside(0, 1),
                                "The share of the keys that a candidate then answers.",
                                Plain.number(USUAL.canaryShare())),
                        optional("canary", Grammar.SPAN, "How long it answers them.", text(USUAL.canaryMillis())),
                        optional(
                                "probation",
                                Grammar.SPAN,
                                "How long the predecessor is asked along after a promotion.",
                                text(USUAL.probationMillis())),
                        optional(
                                "cool_down",
                                Grammar.LAPSE,
                                "How long after one healing until an alarm may start the next.",
                                text(USUAL.coolDownMillis())),
                        optional(
                                "fall_back",
                                Grammar.NAME,
                                "The model to serve while a feed is broken: one that does not read it; none if absent."),
                        optional(
                                "approval",
                                new Shape.Toggle(),
                                "True if a person must approve every promotion.",
                                false)));
    }

    static String text(long millis) {
        return Durations.text(Duration.ofMillis(millis));
    }
}
