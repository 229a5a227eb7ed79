package io.dougong.review;

import io.dougong.kernel.Offsets;
import java.util.List;
import java.util.Optional;

/** The cases, derived from the log: it can be thrown away and filled again. One thread takes facts; any number ask. */
public interface ReviewQueue extends AutoCloseable {

    /** Up to where the log has been taken in. */
    Offsets reached();

    /**
     * Takes facts in, in the order of the log, all of them with the offsets or none. A fact about a case that is not known is
     * passed over, as is a second opinion of one person.
     */
    void take(List<Fact> facts, Offsets reached);

    Optional<ReviewCase> find(String decisionId);

    List<ReviewCase> list(ReviewFilter filter);

    /** @param nowMicros what counts as overdue */
    ReviewCounts counts(String application, long nowMicros);

    AgreementReport agreement(String application);

    @Override
    void close();
}
