package io.dougong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.features.Aggregate;
import io.dougong.features.FeatureInfo;
import io.dougong.features.FeatureView;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Problem;
import io.dougong.lake.SqlLimits;
import io.dougong.manifest.Application;
import io.dougong.trust.AuditReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLoopTest {

    private static final int HISTORY = 1_500;
    private static final int LIVE = 300;

    @TempDir
    Path home;

    private Node node;

    @BeforeEach
    void aShopThatHasLearnt() {
        node = Node.open(Shop.settings(home));
        Shop.open(node, HISTORY);
        Shop.append(node, HISTORY, HISTORY + LIVE);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void everyOrderAfterThePromotionIsDecidedOnceAndLabelsComeBack() {
        assertThat(node.decisionCount()).isEqualTo(LIVE);
        LiveReport live = node.liveReport(Shop.NAME, "hold");
        assertThat(live.labelled()).isEqualTo(LIVE - 45);
        assertThat(live.auc()).isGreaterThan(0.6);
        assertThat(live.coverage()).isBetween(0.8, 1.0);
    }

    @Test
    void streamedFeaturesEqualTheirRecomputationFromTheLake() {
        FeatureCheck check = node.verifyFeatures(Shop.NAME);
        assertThat(check.decisions()).isEqualTo(LIVE);
        assertThat(check.values()).isEqualTo(LIVE * 6L);
        assertThat(check.examples()).isEmpty();
        assertThat(check.mismatches()).isZero();
    }

    @Test
    void decisionsReplayToTheSameBitsAlsoFromTheLake() {
        for (DecisionLog.Entry entry : node.decisions(20)) {
            String id = entry.decision().id();
            assertThat(node.replay(id, Replay.Request.PLAIN).differences()).isEmpty();
            assertThat(node.replay(id, new Replay.Request(true, Map.of())).differences())
                    .isEmpty();
        }
    }

    @Test
    void aRequestIsAnsweredOnceHoweverOftenItComes() {
        byte[] order = Shop.order(HISTORY + LIVE);
        DecisionLog.Entry first = node.decide(Shop.NAME, "hold", "r1", order).join();
        DecisionLog.Entry again = node.decide(Shop.NAME, "hold", "r1", order).join();
        assertThat(again.decision()).isEqualTo(first.decision());
        assertThat(node.decisionCount()).isEqualTo(LIVE + 1);
    }

    @Test
    void badInputIsNamedAndChangesNothing() {
        long events = node.status().streams().stream()
                .mapToLong(stream -> stream.events())
                .sum();
        assertRefused("{\"id\":\"x\"}", "missing");
        assertRefused("{\"id\":\"x\",\"amout\":3}", "no field 'amout'");
        assertRefused("not json", "not the JSON expected");
        assertThatThrownBy(() -> node.append("shopp", "orders", List.of()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.advice()).contains("'shop'"));
        assertThatThrownBy(() -> node.decide(Shop.NAME, "holdd", null, Shop.order(1)))
                .isInstanceOf(NodeProblem.class);
        assertThatThrownBy(() -> node.decision("nowhere")).hasMessageContaining("no decision 'nowhere'");
        assertThat(node.status().streams().stream()
                        .mapToLong(stream -> stream.events())
                        .sum())
                .isEqualTo(events);
    }

    private void assertRefused(String json, String says) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> node.append(Shop.NAME, "orders", List.of(Shop.order(9_999), bytes)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(says);
    }

    @Test
    void theFirstTruthAboutADecisionCounts() {
        String id = node.decisions(1).getFirst().decision().id();
        node.feedback(id, true, "person");
        assertThatThrownBy(() -> node.feedback(id, false, "person")).hasMessageContaining("already has a label");
    }

    @Test
    void aReceiptVerifiesOfflineWithTheNodesKey() {
        Decision decision = node.decisions(1).getFirst().decision();
        var receipt = node.receipt(decision.id());
        assertThat(receipt.verified(receipt.keyId()::equals)).isEqualTo(decision);
        assertThatThrownBy(() -> receipt.verified("somebody else"::equals)).hasMessageContaining("not one you trust");
    }

    @Test
    void anErasedPersonsDecisionsStayInTheChainButCannotBeOpened() throws IOException {
        Decision decision = node.decisions(1).getFirst().decision();
        assertThat(String.valueOf(decision.question().input().get("card"))).startsWith("enc:");
        String customer = "customer-" + (HISTORY + LIVE - 1) % 50;
        node.keyring().erase(customer, "test");
        assertThatThrownBy(() -> node.replay(decision.id(), Replay.Request.PLAIN))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("erased");
        assertThat(node.verifyAudit().ok()).isTrue();
        assertThat(filesHolding("4000-0000-" + (HISTORY + LIVE - 1))).isEmpty();
        assertThat(filesHolding(customer + "\"")).isEmpty();
    }

    private List<Path> filesHolding(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, wanted))
                    .toList();
        }
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aFlippedByteInTheChainIsFoundAndTheRecordNamed() throws IOException {
        assertThat(node.verifyAudit().ok()).isTrue();
        node.close();
        Path chain;
        try (Stream<Path> files = Files.walk(home.resolve("audit"))) {
            chain = files.filter(
                            file -> Files.isRegularFile(file) && file.toString().contains("decisions"))
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(chain);
        bytes[bytes.length / 2] ^= 1;
        Files.write(chain, bytes);
        node = Node.open(Shop.settings(home));
        AuditReport report = node.verifyAudit();
        assertThat(report.ok()).isFalse();
        assertThat(report.fault().orElseThrow().reference()).startsWith(SystemStreams.DECISIONS);
    }

    @Test
    void sqlSeesEventsDecisionsAndFeedback() {
        node.awaitLake(Shop.NAME);
        var counts = node.sql(
                "SELECT (SELECT count(*) FROM shop_orders), (SELECT count(*) FROM decisions), (SELECT count(*) FROM feedback)",
                SqlLimits.DEFAULT);
        assertThat(counts.rows().getFirst()).containsExactly(HISTORY + LIVE + 0L, LIVE + 0L, LIVE - 45L);
    }

    @Test
    void applyingTheSameAgainChangesNothing() {
        assertThat(node.apply(Shop.application(), "test").isEmpty()).isTrue();
        assertThat(node.plan(Shop.application()).changes()).isEmpty();
    }

    @Test
    void afterARestartItGoesOnAsIfItHadNeverStopped(@TempDir Path otherHome) {
        node.close();
        node = Node.open(Shop.settings(home));
        node.awaitDecided(Shop.NAME);
        assertThat(node.decisionCount()).isEqualTo(LIVE);
        Shop.append(node, HISTORY + LIVE, HISTORY + LIVE + 60);
        assertThat(node.liveReport(Shop.NAME, "hold").labelled()).isEqualTo(60);
        try (Node unstopped = Node.open(Shop.settings(otherHome))) {
            Shop.open(unstopped, HISTORY);
            Shop.append(unstopped, HISTORY, HISTORY + LIVE + 60);
            assertThat(thresholds(node)).hasSizeGreaterThan(40).isEqualTo(thresholds(unstopped));
        }
        assertThat(node.verifyFeatures(Shop.NAME).mismatches()).isZero();
    }

    /** The abstention threshold of every decision, by what it was about. */
    private static Map<String, Double> thresholds(Node node) {
        Map<String, Double> thresholds = new TreeMap<>();
        for (DecisionLog.Entry entry : node.decisions(LIVE + 60)) {
            thresholds.put(
                    entry.decision().question().key(),
                    entry.decision().confidence().threshold());
        }
        assertThat(thresholds.values().stream().distinct().count()).isGreaterThan(20);
        return thresholds;
    }

    @Test
    void aNewViewIsBuiltFromHistoryWithoutDecidingHistory() {
        Application current = Shop.application();
        List<FeatureView> views = new ArrayList<>(current.features());
        views.add(FeatureView.of(
                "shop_orders", "orders", List.of(), List.of(Duration.ofHours(24)), List.of(new Aggregate.Count())));
        node.apply(
                new Application(
                        current.name(),
                        current.description(),
                        current.streams(),
                        views,
                        current.models(),
                        current.decisions()),
                "test");
        node.awaitDecided(Shop.NAME);
        assertThat(node.decisionCount()).isEqualTo(LIVE);
        assertThat(node.features(Shop.NAME)).extracting(FeatureInfo::name).contains("shop_orders.count_24h");
        Shop.append(node, HISTORY + LIVE, HISTORY + LIVE + 10);
        assertThat(node.decisionCount()).isEqualTo(LIVE + 10);
        assertThat(node.verifyFeatures(Shop.NAME).mismatches()).isZero();
    }

    @Test
    void aRestoredBackupHasEverythingAcknowledgedAndGoesOn(@TempDir Path folder) {
        Decision last = node.decisions(1).getFirst().decision();
        node.backup(folder.resolve("backup"));
        assertThatThrownBy(() -> node.backup(folder.resolve("backup"))).hasMessageContaining("exists already");
        assertThatThrownBy(() -> Node.restore(folder.resolve("backup"), home)).hasMessageContaining("not empty");
        Path target = folder.resolve("restored");
        cutShort(folder.resolve("backup"), target);
        assertThatThrownBy(() -> Node.open(Shop.settings(target))).hasMessageContaining("cut short");
        Node.restore(folder.resolve("backup"), target);
        try (Node restored = Node.open(Shop.settings(target))) {
            restored.awaitDecided(Shop.NAME);
            assertThat(restored.decisionCount()).isEqualTo(LIVE);
            assertThat(restored.decision(last.id()).decision()).isEqualTo(last);
            assertThat(restored.replay(last.id(), Replay.Request.PLAIN).identical())
                    .isTrue();
            assertThat(restored.verifyFeatures(Shop.NAME).mismatches()).isZero();
            assertThat(restored.verifyAudit().ok()).isTrue();
            Shop.append(restored, HISTORY + LIVE, HISTORY + LIVE + 10);
            assertThat(restored.decisionCount()).isEqualTo(LIVE + 10);
        }
    }

    /** What a restore leaves that ended somewhere in the middle. */
    private static void cutShort(Path backup, Path target) {
        try {
            Files.createDirectories(target.resolve("events"));
            Files.writeString(target.resolve("RESTORING"), "");
            Files.writeString(target.resolve("events").resolve("CURRENT"), "half");
            Files.copy(backup.resolve("FORMAT"), target.resolve("FORMAT"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void aQuestionAboutLongAgoIsVerifiedLikeAnyOther() {
        for (int order : new int[] {-9_000, -3_000, -900, -300, 0, 700, HISTORY + LIVE - 1}) {
            node.decide(Shop.NAME, "hold", "old-" + order, Shop.order(order)).join();
        }
        FeatureCheck check = node.verifyFeatures(Shop.NAME);
        assertThat(check.examples()).isEmpty();
        assertThat(check.mismatches()).isZero();
        for (DecisionLog.Entry entry : node.decisions(7)) {
            Replay again = node.replay(entry.decision(), new Replay.Request(true, Map.of()));
            assertThat(again.differences()).isEmpty();
        }
    }

    @Test
    void aStreamThatOnlyBringsLabelsDoesNotHoldUpVerification(@TempDir Path otherHome) {
        try (Node other = Node.open(Shop.settings(otherHome))) {
            Shop.open(other, Shop.withLabelsOnly(), HISTORY);
            Shop.append(other, HISTORY, HISTORY + LIVE);
            FeatureCheck check = other.verifyFeatures(Shop.NAME);
            assertThat(check.decisions()).isEqualTo(LIVE);
            assertThat(check.examples()).isEmpty();
            assertThat(check.mismatches()).isZero();
        }
    }

    @Test
    void aVersionThatFailedItsGatesIsNotPromotedUnlessForced() {
        int version = node.models().versions(Shop.NAME, "fraud").getLast().version();
        assertThatThrownBy(() -> node.models().promote(Shop.NAME, "fraud", version, Route.CANARY, 1.5, false, "test"))
                .hasMessageContaining("does not fit a canary");
        node.models().promote(Shop.NAME, "fraud", version, Route.CANARY, 0.2, false, "test");
        assertThat(node.models().roles(Shop.NAME, "fraud"))
                .extracting(ModelRole::route)
                .containsExactlyInAnyOrder(Route.CHAMPION, Route.CANARY);
        assertThatThrownBy(() -> node.models().withdraw(Shop.NAME, "fraud", Route.CHAMPION, "", "test"))
                .hasMessageContaining("only replaced");
    }
}
