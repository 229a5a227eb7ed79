package io.dougong.review.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import io.dougong.review.AgreementReport;
import io.dougong.review.CaseState;
import io.dougong.review.Fact;
import io.dougong.review.Opinion;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewCounts;
import io.dougong.review.ReviewFilter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteReviewQueueTest {

    private static final StreamPartition PARTITION = new StreamPartition("sys.decisions", 0);

    @TempDir
    Path folder = Path.of("");

    private SqliteReviewQueue queue;
    private long offset;

    @BeforeEach
    void open() {
        queue = SqliteReviewQueue.open(folder.resolve("queue.db"));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private void take(Fact... facts) {
        queue.take(List.of(facts), Offsets.NONE.with(PARTITION, ++offset));
    }

    private static Fact asked(String id, long due, int needed) {
        return new Fact.Asked(
                id, "bank", "credit", "key-" + id, 0.47, "GRANT", "REFUSE", "GRANT", due - 10, due, needed);
    }

    private static Fact says(String id, String reviewer, String outcome) {
        return new Fact.Given(id, new Opinion(reviewer, outcome, "seen", 5));
    }

    private List<String> waiting() {
        return queue.list(ReviewFilter.waiting("bank", 10)).stream()
                .map(ReviewCase::decisionId)
                .toList();
    }

    @Test
    void theMostUrgentCaseComesFirst() {
        take(asked("b", 20, 1), asked("a", 30, 1), asked("c", 10, 1));
        assertThat(waiting()).containsExactly("c", "b", "a");
        assertThat(queue.list(ReviewFilter.waiting("other", 10))).isEmpty();
    }

    @Test
    void aSettledCaseLeavesTheQueueAndKeepsWhoSaidWhat() {
        take(asked("a", 30, 1));
        take(says("a", "an", "REFUSE"));
        assertThat(waiting()).isEmpty();
        ReviewCase settled = queue.find("a").orElseThrow();
        assertThat(settled.state()).isEqualTo(CaseState.SETTLED);
        assertThat(settled.outcome()).isEqualTo("REFUSE");
        assertThat(settled.opinions()).containsExactly(new Opinion("an", "REFUSE", "seen", 5));
        assertThat(queue.list(new ReviewFilter("bank", "credit", false, null, 10, 0)))
                .containsExactly(settled);
    }

    @Test
    void onePersonCountsOnceWithFourEyes() {
        take(asked("a", 30, 2), says("a", "an", "REFUSE"), says("a", "an", "REFUSE"));
        assertThat(queue.find("a").orElseThrow().state()).isEqualTo(CaseState.SECOND);
        assertThat(queue.list(new ReviewFilter("bank", null, true, "an", 10, 0)))
                .as("nothing left for the same person")
                .isEmpty();
        take(says("a", "bo", "REFUSE"));
        assertThat(queue.find("a").orElseThrow().state()).isEqualTo(CaseState.SETTLED);
    }

    @Test
    void theTruthOvertakesACaseThatWaitsAndMarksOneThatIsSettled() {
        take(asked("a", 30, 1), asked("b", 30, 1), says("b", "an", "GRANT"));
        take(new Fact.Known("a", true), new Fact.Known("b", true), new Fact.Known("nobody", true));
        assertThat(queue.find("a").orElseThrow().state()).isEqualTo(CaseState.OVERTAKEN);
        ReviewCase settled = queue.find("b").orElseThrow();
        assertThat(settled.state()).isEqualTo(CaseState.SETTLED);
        assertThat(settled.truth()).isEqualTo("REFUSE");
        assertThat(queue.counts("bank", 31)).isEqualTo(new ReviewCounts(0, 0, 0, 1, 1));
    }

    @Test
    void countsTellWhatIsOverdueAndDisputed() {
        take(asked("a", 10, 2), asked("b", 30, 1), says("a", "an", "GRANT"), says("a", "bo", "REFUSE"));
        assertThat(queue.counts("bank", 20)).isEqualTo(new ReviewCounts(2, 1, 1, 0, 0));
        assertThat(queue.counts("nowhere", 20)).isEqualTo(new ReviewCounts(0, 0, 0, 0, 0));
    }

    @Test
    void takingTheSameFactsAgainChangesNothing() {
        take(asked("a", 30, 1), says("a", "an", "GRANT"));
        ReviewCase before = queue.find("a").orElseThrow();
        take(asked("a", 30, 1), says("a", "an", "GRANT"));
        assertThat(queue.find("a")).contains(before);
    }

    @Test
    void casesAndOffsetsSurviveTogether() {
        take(asked("a", 30, 1));
        queue.close();
        open();
        assertThat(queue.reached().of(PARTITION)).isEqualTo(1);
        assertThat(waiting()).containsExactly("a");
    }

    @Test
    void agreementComparesPeopleModelAndTruth() {
        take(asked("a", 30, 2), says("a", "an", "GRANT"), says("a", "bo", "REFUSE"), says("a", "cy", "REFUSE"));
        take(new Fact.Known("a", true));
        AgreementReport report = queue.agreement("bank");
        assertThat(report.people().cases()).isEqualTo(3);
        assertThat(report.people().share()).isEqualTo(1.0 / 3);
        assertThat(report.withModel().share()).isEqualTo(1.0 / 3);
        assertThat(report.withTruth().share()).isEqualTo(2.0 / 3);
        assertThat(report.modelWithTruth().share()).isZero();
    }
}
