package io.dougong.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.decisions.Feedback;
import io.dougong.events.EventLog;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.review.CaseState;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewFilter;
import io.dougong.review.ReviewProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewDeskTest {

    private static final int HISTORY = 1_500;
    private static final int LIVE = 300;

    @TempDir
    Path home = Path.of("");

    private Node node;

    @BeforeEach
    void aShopThatLeavesSomeOrdersToPeople() {
        node = Node.open(Shop.settings(home));
        Shop.open(node, HISTORY);
        Shop.append(node, HISTORY, HISTORY + LIVE);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private List<ReviewCase> cases(boolean waiting) {
        return node.reviews().list(new ReviewFilter(Shop.NAME, null, waiting, null, 1_000, 0));
    }

    private long reviewed() {
        return node.decisions(LIVE).stream()
                .filter(entry -> entry.decision().outcome().label().equals("REVIEW"))
                .count();
    }

    @Test
    void everyReviewIsACaseAndTheTruthOvertakesThoseItReaches() {
        assertThat(cases(true)).isNotEmpty();
        assertThat(cases(true).size() + cases(false).size()).isEqualTo((int) reviewed());
        assertThat(cases(false)).allMatch(over -> over.state() == CaseState.OVERTAKEN && over.truth() != null);
        assertThat(cases(true)).allMatch(open -> List.of("HOLD", "SHIP").contains(open.leaning()));
    }

    @Test
    void aVerdictSettlesTheCaseAndBecomesFeedback() {
        ReviewCase open = cases(true).getFirst();
        ReviewCase settled = node.reviews().give(open.decisionId(), "HOLD", "known trick", "ann");
        assertThat(settled.state()).isEqualTo(CaseState.SETTLED);
        assertThat(cases(true)).extracting(ReviewCase::decisionId).doesNotContain(open.decisionId());
        Feedback given = node.feedbackOf(open.decisionId()).orElseThrow();
        assertThat(given.label()).isTrue();
        assertThat(given.source()).isEqualTo("review:ann");
        assertThat(node.verifyAudit().ok()).isTrue();
    }

    @Test
    void aSecondVerdictAWrongOutcomeAndAnUnknownCaseAreRefused() {
        ReviewCase open = cases(true).getFirst();
        assertThatThrownBy(() -> node.reviews().give(open.decisionId(), "HOLT", "", "ann"))
                .isInstanceOf(ReviewProblem.class)
                .hasMessageContaining("no outcome 'HOLT'");
        node.reviews().give(open.decisionId(), "SHIP", "", "ann");
        assertThatThrownBy(() -> node.reviews().give(open.decisionId(), "HOLD", "", "bob"))
                .isInstanceOf(ReviewProblem.class)
                .hasMessageContaining("is settled as SHIP");
        assertThatThrownBy(() -> node.reviews().give("nothing", "HOLD", "", "ann"))
                .isInstanceOf(ReviewProblem.class)
                .hasMessageContaining("not a case");
    }

    @Test
    void verdictsAreLabelsOfTheNextTrainingWhereNoEventTells() {
        long before = unlabelled();
        cases(true).forEach(open -> node.reviews().give(open.decisionId(), "HOLD", "", "ann"));
        assertThat(unlabelled())
                .isEqualTo(before
                        - cases(false).stream()
                                .filter(over -> over.state() == CaseState.SETTLED)
                                .count());
    }

    private long unlabelled() {
        TrainingRun.Outcome outcome =
                node.models().train(Shop.NAME, "fraud", Progress.NONE, "test").outcome();
        assertThat(outcome).isNotNull();
        return outcome == null ? -1 : outcome.rows().unlabelled();
    }

    @Test
    void similarCasesHaveAKnownEndAndComeNearestFirst() {
        List<ReviewDesk.SimilarCase> similar =
                node.reviews().similar(cases(true).getFirst().decisionId(), 5);
        assertThat(similar).hasSize(5);
        assertThat(similar).extracting(ReviewDesk.SimilarCase::distance).isSorted();
    }

    @Test
    void theDeskIsTheSameAfterARestartAndWhenItIsBuiltAnew() throws Exception {
        node.reviews().give(cases(true).getFirst().decisionId(), "HOLD", "", "ann");
        List<ReviewCase> waiting = cases(true);
        List<ReviewCase> over = cases(false);
        node.close();
        for (String file : List.of("queue.db", "queue.db-wal", "queue.db-shm")) {
            java.nio.file.Files.deleteIfExists(home.resolve("review").resolve(file));
        }
        node = Node.open(Shop.settings(home));
        assertThat(cases(true)).isEqualTo(waiting);
        assertThat(cases(false)).isEqualTo(over);
        EventLog.await(node.append(Shop.NAME, Shop.events(HISTORY + LIVE, HISTORY + LIVE + 1)));
        assertThat(node.reviews().counts(Shop.NAME).waiting()).isEqualTo(waiting.size());
    }
}
