package io.dougong.review.embedded;

import io.dougong.kernel.Json;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Offsets;
import io.dougong.review.AgreementReport;
import io.dougong.review.CaseState;
import io.dougong.review.Fact;
import io.dougong.review.Opinion;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewCounts;
import io.dougong.review.ReviewFilter;
import io.dougong.review.ReviewQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** One connection writes, under this object's lock. */
public final class SqliteReviewQueue implements ReviewQueue {

    private static final String WAITING = "state IN ('OPEN', 'SECOND', 'DISPUTED')";
    private static final String OVER = "state IN ('SETTLED', 'OVERTAKEN')";

    private static final String KNOW =
            "UPDATE review_case SET truth = coalesce(?, CASE WHEN ? THEN positive ELSE negative END), state = CASE WHEN "
                    + WAITING + " THEN 'OVERTAKEN' ELSE state END WHERE decision_id = ?";

    private final Jdbi jdbi;
    private final Handle handle;

    private SqliteReviewQueue(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.handle = jdbi.open();
    }

    /** @param file the queue's own; it can be deleted and is then filled again from the log */
    public static SqliteReviewQueue open(Path file) {
        return new SqliteReviewQueue(MetadataDatabase.open(file).migrated("review"));
    }

    @Override
    public Offsets reached() {
        String text = jdbi.withHandle(reading -> reading.createQuery("SELECT reached FROM review_reached")
                .mapTo(String.class)
                .one());
        return Json.read(text.getBytes(StandardCharsets.UTF_8), Offsets.class);
    }

    @Override
    public synchronized void take(List<Fact> facts, Offsets reached) {
        handle.useTransaction(writing -> {
            for (int at = 0; at < facts.size(); ) {
                at = facts.get(at) instanceof Fact.Known ? know(writing, facts, at) : take(writing, facts, at);
            }
            writing.execute("UPDATE review_reached SET reached = ?", Json.text(reached));
        });
    }

    private static int take(Handle writing, List<Fact> facts, int at) {
        switch (facts.get(at)) {
            case Fact.Asked asked -> ask(writing, asked);
            case Fact.Given given -> give(writing, given);
            case Fact.Known known -> throw new IllegalArgumentException(known + " comes in a run");
        }
        return at + 1;
    }

    /** A run of truths in one statement: nearly all of them are about decisions that were no case. */
    private static int know(Handle writing, List<Fact> facts, int from) {
        int at = from;
        try (PreparedBatch batch = writing.prepareBatch(KNOW)) {
            while (at < facts.size() && facts.get(at) instanceof Fact.Known known) {
                batch.add(known.outcome(), known.label(), known.decisionId());
                at++;
            }
            batch.execute();
        }
        return at;
    }

    private static void ask(Handle writing, Fact.Asked asked) {
        writing.execute(
                "INSERT OR IGNORE INTO review_case VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', NULL, NULL)",
                asked.decisionId(),
                asked.application(),
                asked.decision(),
                asked.key(),
                Double.isNaN(asked.probability()) ? null : asked.probability(),
                asked.leaning(),
                asked.positive(),
                asked.negative(),
                asked.askedMicros(),
                asked.dueMicros(),
                asked.needed());
    }

    private static void give(Handle writing, Fact.Given given) {
        Optional<ReviewCase> found = find(writing, given.decisionId());
        if (found.isEmpty()) {
            return;
        }
        Opinion opinion = given.opinion();
        int added = writing.execute(
                "INSERT OR IGNORE INTO review_opinion VALUES (?, ?, ?, ?, ?, ?)",
                given.decisionId(),
                found.get().opinions().size(),
                opinion.reviewer(),
                opinion.outcome(),
                opinion.note(),
                opinion.givenMicros());
        if (added > 0 && found.get().state().waits()) {
            settle(writing, given.decisionId(), found.get().needed());
        }
    }

    private static void settle(Handle writing, String decisionId, int needed) {
        List<Opinion> opinions = opinions(writing, decisionId);
        writing.execute(
                "UPDATE review_case SET state = ?, outcome = ? WHERE decision_id = ?",
                CaseState.of(opinions, needed).name(),
                CaseState.settled(opinions, needed).orElse(null),
                decisionId);
    }

    @Override
    public Optional<ReviewCase> find(String decisionId) {
        return jdbi.withHandle(reading -> find(reading, decisionId));
    }

    private static Optional<ReviewCase> find(Handle reading, String decisionId) {
        return reading.createQuery("SELECT * FROM review_case WHERE decision_id = ?")
                .bind(0, decisionId)
                .map((row, _) -> read(reading, row))
                .findOne();
    }

    @Override
    public List<ReviewCase> list(ReviewFilter filter) {
        String sql = "SELECT * FROM review_case WHERE application = :application AND "
                + (filter.waiting() ? WAITING : OVER)
                + (filter.decision() == null ? "" : " AND decision = :decision")
                + (filter.reviewer() == null
                        ? ""
                        : " AND NOT EXISTS (SELECT 1 FROM review_opinion o WHERE o.decision_id ="
                                + " review_case.decision_id AND o.reviewer = :reviewer)")
                + " ORDER BY " + (filter.waiting() ? "due_micros, decision_id" : "asked_micros DESC, decision_id")
                + " LIMIT :most OFFSET :skip";
        return jdbi.withHandle(reading -> {
            Query query = reading.createQuery(sql)
                    .bind("application", filter.application())
                    .bind("most", filter.most())
                    .bind("skip", filter.skip());
            if (filter.decision() != null) {
                query.bind("decision", filter.decision());
            }
            if (filter.reviewer() != null) {
                query.bind("reviewer", filter.reviewer());
            }
            return query.map((row, _) -> read(reading, row)).list();
        });
    }

    private static ReviewCase read(Handle reading, ResultSet row) throws SQLException {
        String id = row.getString("decision_id");
        double probability = row.getDouble("probability");
        return new ReviewCase(
                id,
                row.getString("application"),
                row.getString("decision"),
                row.getString("about"),
                row.wasNull() ? Double.NaN : probability,
                row.getString("leaning"),
                row.getLong("asked_micros"),
                row.getLong("due_micros"),
                row.getInt("needed"),
                CaseState.valueOf(row.getString("state")),
                row.getString("outcome"),
                row.getString("truth"),
                opinions(reading, id));
    }

    private static List<Opinion> opinions(Handle reading, String decisionId) {
        return reading.createQuery("SELECT * FROM review_opinion WHERE decision_id = ? ORDER BY place")
                .bind(0, decisionId)
                .map((row, _) -> new Opinion(
                        row.getString("reviewer"),
                        row.getString("outcome"),
                        row.getString("note"),
                        row.getLong("given_micros")))
                .list();
    }

    @Override
    public ReviewCounts counts(String application, long nowMicros) {
        String sql = "SELECT sum(" + WAITING + "), sum(" + WAITING
                + " AND due_micros < :now), sum(state = 'DISPUTED'), sum(state = 'SETTLED'),"
                + " sum(state = 'OVERTAKEN') FROM review_case WHERE application = :application";
        return jdbi.withHandle(reading -> reading.createQuery(sql)
                .bind("now", nowMicros)
                .bind("application", application)
                .map((row, _) -> new ReviewCounts(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
                .one());
    }

    @Override
    public AgreementReport agreement(String application) {
        return jdbi.withHandle(reading -> Agreements.of(reading, application));
    }

    @Override
    public synchronized void close() {
        handle.close();
    }
}
