package io.dougong.review.embedded;

import io.dougong.review.Agreement;
import io.dougong.review.AgreementReport;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who said what about the same case; the newest cases only, so that it stays bounded. */
final class Agreements {

    private static final int MOST = 100_000;
    private static final String JOINED =
            " FROM review_opinion o JOIN review_case c ON c.decision_id = o.decision_id" + " WHERE c.application = ? ";
    private static final String NEWEST = " ORDER BY c.asked_micros DESC LIMIT " + MOST;

    private Agreements() {}

    static AgreementReport of(Handle reading, String application) {
        String people = "SELECT o.outcome, p.outcome FROM review_opinion o JOIN review_opinion p"
                + " ON p.decision_id = o.decision_id AND p.place > o.place"
                + " JOIN review_case c ON c.decision_id = o.decision_id WHERE c.application = ?" + NEWEST;
        String truth = "AND c.truth IS NOT NULL";
        return new AgreementReport(
                agreement(reading, people, application),
                agreement(reading, "SELECT o.outcome, c.leaning" + JOINED + NEWEST, application),
                agreement(reading, "SELECT o.outcome, c.truth" + JOINED + truth + NEWEST, application),
                agreement(reading, "SELECT c.leaning, c.truth" + JOINED + truth + NEWEST, application));
    }

    private static Agreement agreement(Handle reading, String sql, String application) {
        List<Agreement.Pair> pairs = reading.createQuery(sql)
                .bind(0, application)
                .map((row, _) -> new Agreement.Pair(row.getString(1), row.getString(2)))
                .list();
        return Agreement.of(pairs);
    }
}
