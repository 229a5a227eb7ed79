package io.dougong.apps.creditrisk;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What the demo found out; the last line of {@code --json}. */
record Summary(
        List<BookSummary> books, @JsonProperty("audit_ok") boolean auditOk, double seconds) {

    /** Whether every check came out as promised. */
    boolean sound() {
        return auditOk && books.stream().allMatch(BookSummary::sound);
    }

    /**
     * One book of loans; figures are of the loans decided live.
     *
     * @param costCheapest per loan, if the cheapest outcome is taken and nobody asked
     * @param costAsDecided per loan, a person's look included
     * @param parity statistical parity difference of each group that is smaller than the largest
     * @param unexplained refusals without a principal reason
     */
    record BookSummary(
            String application,
            long loans,
            long decisions,
            long labels,
            @JsonProperty("auc_live") double aucLive,
            @JsonProperty("ece") double ece,
            @JsonProperty("review_rate") double reviewRate,
            @JsonProperty("cost_unit") String costUnit,
            @JsonProperty("cost_as_decided") double costAsDecided,
            @JsonProperty("cost_cheapest") double costCheapest,
            @JsonProperty("cost_at_half") double costAtHalf,
            @JsonProperty("cost_accept_all") double costAcceptAll,
            @JsonProperty("refusals") long refusals,
            @JsonProperty("unexplained") long unexplained,
            List<Parity> parity,
            @JsonProperty("psi_score") double psiScore,
            @JsonProperty("psi_most") double psiMost,
            long replayed,
            @JsonProperty("replay_identical") long replayIdentical) {

        boolean sound() {
            return replayIdentical == replayed && unexplained == 0 && decisions > 0;
        }
    }

    /** A group against the largest one, with a 95 % interval. */
    record Parity(String field, String group, String reference, double value, double low, double high) {}
}
