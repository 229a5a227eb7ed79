package io.dougong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.events.EventLog;
import io.dougong.kernel.Json;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.operate.HealingState.Phase;
import io.dougong.operate.Observation;
import io.dougong.operate.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop one of whose merchants begins to report the same amount for every order. */
class HealingLoopTest {

    static final int HISTORY = 2_600;
    private static final int BREAK = 2_900;
    static final int END = 3_900;
    private static final String MERCHANT = "m5";

    @TempDir
    Path folder;

    @Test
    void aBrokenFeedIsNamedAndEveryStepIsARecordedDecision() {
        try (Node node = started("a")) {
            append(node, HISTORY, END);
            HealingStatus healing = node.healing(Shop.NAME).getFirst();
            HealingStatus.Step first = healing.story().getFirst();
            assertThat(first.outcome()).isEqualTo("FALL_BACK");
            assertThat(first.cause()).startsWith("orders merchant=m5 amount stuck since 2026-01-02T0");
            assertThat(first.chinese()).contains("数据源异常");
            for (HealingStatus.Step step : healing.story()) {
                Replay replay = node.replay(step.decisionId(), Replay.Request.PLAIN);
                assertThat(replay.identical())
                        .as(replay.differences().toString())
                        .isTrue();
                assertThat(replay.recorded().outcome().label()).isEqualTo(step.outcome());
            }
            assertThat(node.verifyFeatures(Shop.NAME).mismatches()).isZero();
            assertThat(node.verifyAudit().ok()).isTrue();
            assertThat(node.monitors(Shop.NAME).stream().map(Reading::kind)).contains(Reading.Kind.values());
            assertThat(node.monitors(Shop.NAME))
                    .anyMatch(reading -> reading.id().equals("orders/stuck/merchant=m5/amount")
                            && reading.state() == Reading.State.ALARM);
        }
    }

    @Test
    void aRestartInBetweenGivesTheSameStory() {
        List<String> whole = new ArrayList<>();
        try (Node node = started("b")) {
            append(node, HISTORY, END);
            whole.addAll(story(node));
        }
        try (Node node = started("c")) {
            append(node, HISTORY, BREAK + 150);
        }
        try (Node node = Node.open(Shop.settings(folder.resolve("c")))) {
            append(node, BREAK + 150, BREAK + 350);
        }
        try (Node node = Node.open(Shop.settings(folder.resolve("c")))) {
            append(node, BREAK + 350, END);
            assertThat(story(node)).isNotEmpty().isEqualTo(whole);
        }
    }

    @Test
    void aPersonCanHoldAndUndoIt() {
        try (Node node = started("d")) {
            append(node, HISTORY, BREAK + 250);
            assertThat(node.healing(Shop.NAME).getFirst().state().phase()).isEqualTo(Phase.SHADOW);
            node.heal(Shop.NAME, "fraud", Observation.Kind.HOLD, "ann");
            append(node, BREAK + 250, END - 200);
            assertThat(node.healing(Shop.NAME).getFirst().state().phase()).isEqualTo(Phase.SHADOW);
            node.heal(Shop.NAME, "fraud", Observation.Kind.UNDO, "ann");
            append(node, END - 200, END);
            HealingStatus healing = node.healing(Shop.NAME).getFirst();
            assertThat(healing.story().stream().map(HealingStatus.Step::outcome))
                    .containsSubsequence("FALL_BACK", "HELD", "UNDONE");
            assertThat(node.models().roles(Shop.NAME, "fraud").stream().map(ModelRole::route))
                    .containsExactly(Route.CHAMPION);
            assertThatThrownBy(() -> node.heal(Shop.NAME, "simple", Observation.Kind.HOLD, "ann"))
                    .hasMessageContaining("not healed");
        }
    }

    static List<String> story(Node node) {
        return node.healing(Shop.NAME).getFirst().story().stream()
                .map(step -> step.atMicros() + " " + step.outcome() + " " + step.english() + " " + step.figures())
                .toList();
    }

    private Node started(String home) {
        return started(Shop.settings(folder.resolve(home)), application());
    }

    /** A node with its history, about to see the break. */
    static Node started(NodeSettings settings, Application application) {
        Node node = Node.open(settings);
        node.apply(application, "test");
        append(node, 0, HISTORY);
        for (String model : List.of("fraud", "simple")) {
            TrainingRun.Outcome outcome =
                    node.models().train(Shop.NAME, model, Progress.NONE, "test").outcome();
            node.models()
                    .promote(
                            Shop.NAME,
                            model,
                            java.util.Objects.requireNonNull(outcome).version(),
                            Route.CHAMPION,
                            1,
                            true,
                            "test");
        }
        return node;
    }

    /** The same, healed by a new version and not by an old one. */
    static Application retrained() {
        String yaml = new String(Manifest.write(application()), StandardCharsets.UTF_8);
        return Manifest.read(yaml.replaceAll("(?m)^ *fall_back: .*\n", "").getBytes(StandardCharsets.UTF_8));
    }

    static Application application() {
        String yaml = new String(Manifest.write(Shop.application()), StandardCharsets.UTF_8)
                .replace("decisions:", """
                          simple:
                            on: orders
                            trainer: { logistic: {} }
                            label: { stream: chargebacks, key: id, value: fraud }
                            features: [merchant]
                            seed: 1

                        decisions:""".indent(0).stripTrailing());
        return Manifest.read((yaml + """

                monitors:
                  window: 1h
                  groups: { orders: [merchant] }
                healing:
                  fraud:
                    on: [feed]
                    training_delay: 1h
                    shadow: 4h
                    canary: 2h
                    probation: 2h
                    cool_down: 3h
                    fall_back: simple
                """).getBytes(StandardCharsets.UTF_8));
    }

    static void append(Node node, int from, int to) {
        List<Node.StreamEvent> events = Shop.events(from, to).stream()
                .map(event -> new Node.StreamEvent(event.stream(), broken(event.json())))
                .toList();
        EventLog.await(node.append(Shop.NAME, events));
        node.awaitDecided(Shop.NAME);
    }

    private static byte[] broken(byte[] json) {
        ObjectNode event = (ObjectNode) Json.tree(json);
        boolean late = event.path("id").asText().compareTo("o") > 0
                && Integer.parseInt(event.path("id").asText().substring(1)) >= BREAK;
        if (late && event.has("amount") && event.path("merchant").asText().equals(MERCHANT)) {
            event.put("amount", 999.0);
        }
        return Json.bytes(event);
    }

    @Test
    void withoutHealingInTheManifestItIsWatchedAllTheSame() {
        try (Node node = Node.open(Shop.settings(folder.resolve("e")))) {
            Shop.open(node, HISTORY);
            Shop.append(node, HISTORY, HISTORY + 300);
            assertThat(node.healing(Shop.NAME)).isEmpty();
            assertThat(node.monitors(Shop.NAME).stream().map(Reading::id))
                    .contains("hold/quality/auc", "hold/drift/all", "orders/freshness");
            assertThat(Map.of(
                            "alarms",
                            node.monitors(Shop.NAME).stream()
                                    .filter(reading -> reading.state() == Reading.State.ALARM)
                                    .map(Reading::id)
                                    .toList()))
                    .isEqualTo(Map.of("alarms", List.of()));
        }
    }
}
