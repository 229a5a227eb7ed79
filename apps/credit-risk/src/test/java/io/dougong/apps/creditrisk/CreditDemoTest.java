package io.dougong.apps.creditrisk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.decisions.Decision;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import io.dougong.node.Assessment;
import io.dougong.node.Node;
import io.dougong.node.NodeProblem;
import io.dougong.node.NodeSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditDemoTest {

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exit = CreditDemo.run(List.of(arguments), Path.of(""), new PrintStream(out, true, StandardCharsets.UTF_8));
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(said).isZero();
        return said;
    }

    /** The demo from file to letters; the figures are those of real loans, so the bounds are wide of noise but not of nonsense. */
    @Test
    void realLoansAreDecidedPricedAndExplained(@TempDir Path home) {
        Path data = home.resolve("credit");
        String said = run("--json", "--data", "credit_data", "--home", data.toString());
        JsonNode book = Json.tree(said.lines().toList().getLast().getBytes(StandardCharsets.UTF_8))
                .path("books")
                .path(0);
        assertThat(book.path("auc_live").asDouble()).isBetween(0.80, 0.88);
        assertThat(book.path("cost_cheapest").asDouble())
                .isLessThan(0.7 * book.path("cost_at_half").asDouble());
        assertThat(book.path("cost_at_half").asDouble())
                .isLessThan(book.path("cost_accept_all").asDouble());
        assertThat(book.path("unexplained").asInt()).isZero();
        assertThat(book.path("refusals").asInt()).isGreaterThan(200);
        assertThat(book.path("psi_score").asDouble()).isLessThan(0.1);
        assertThat(said).contains("NOTICE OF ACTION TAKEN", "拒绝信贷申请通知书", "Equal Credit Opportunity Act");
        whatIsRecordedCanBeAskedAgain(data);
    }

    private static void whatIsRecordedCanBeAskedAgain(Path home) {
        try (Node node = Node.open(NodeSettings.at(home))) {
            Assessment found = node.assess("credit-risk", "lend");
            assertThat(found.labelled()).isEqualTo(found.decisions()).isGreaterThan(1_700);
            assertThat(found.fairness().get("age")).singleElement().satisfies(young -> {
                assertThat(young.group()).isEqualTo("<=25");
                assertThat(young.parity().high()).isLessThan(0);
            });
            var decisions = node.decisions(500);
            var refused = decisions.stream()
                    .map(entry -> entry.decision())
                    .filter(decision -> decision.outcome().label().equals("DECLINE"))
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.reasons()).hasSizeBetween(1, 4).allMatch(reason -> reason.contribution() > 0);
            assertThat(refused.expectedCosts()).containsOnlyKeys("APPROVE", "DECLINE", "REVIEW");
            String letter = node.letter(refused.id(), false);
            refused.reasons().forEach(reason -> assertThat(letter).contains(reason.english()));
            assertThat(letter.toLowerCase(java.util.Locale.ROOT).replaceAll("notice: .*", ""))
                    .doesNotContain("age ", "marital");
            assertThat(node.letter(refused.id(), false)).isEqualTo(letter);
            var approved = decisions.stream()
                    .map(entry -> entry.decision())
                    .filter(decision -> decision.outcome().label().equals("APPROVE"))
                    .findFirst()
                    .orElseThrow();
            Assertions.assertThatThrownBy(() -> node.letter(approved.id(), false))
                    .isInstanceOf(NodeProblem.class)
                    .hasMessageContaining("its outcome is APPROVE");
            assertThat(node.hasLetter(refused)).isTrue();
            assertThat(node.hasLetter(approved)).isFalse();
            whoIsRefusedByAPersonGetsALetter(node);
        }
    }

    /** As another loan, whose end nobody knows yet. */
    private static Decision askedAgain(Node node, Decision decision) {
        Map<String, Object> input = new HashMap<>(decision.question().input());
        input.remove("financed");
        input.put("loan", "again-" + input.get("loan"));
        input.put("asked", Times.instant(decision.question().askedMicros()).toString());
        return node.decide("credit-risk", "lend", null, Json.bytes(input))
                .join()
                .decision();
    }

    private static void whoIsRefusedByAPersonGetsALetter(Node node) {
        Decision left = node.decisions(500).stream()
                .map(entry -> entry.decision())
                .filter(decision -> !decision.outcome().decided())
                .map(decision -> askedAgain(node, decision))
                .filter(decision -> !decision.outcome().decided())
                .findFirst()
                .orElseThrow();
        assertThat(node.hasLetter(left)).isFalse();
        node.reviews().give(left.id(), "DECLINE", "", "ann");
        assertThat(node.hasLetter(left)).isTrue();
        assertThat(node.letter(left.id(), false)).contains("NOTICE OF ACTION TAKEN");
    }
}
