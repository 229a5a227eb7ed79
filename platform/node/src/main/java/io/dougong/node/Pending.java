package io.dougong.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.decisions.ShadowScore;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Digest;
import java.util.List;
import java.util.Optional;

/** Decisions that wait for their label, by what they were about. Bounded: the oldest unlabelled ones are forgotten first. */
final class Pending {

    private static final long MOST = 500_000;

    /** What feedback needs to know of a decision. */
    record Open(
            String decisionId,
            Digest model,
            Route route,
            Score score,
            double threshold,
            String outcome,
            List<ShadowScore> shadows,
            long askedMicros) {

        static Open of(Decision decision) {
            return new Open(
                    decision.id(),
                    decision.model().digest(),
                    decision.model().route(),
                    decision.score(),
                    decision.confidence().threshold(),
                    decision.outcome().label(),
                    decision.shadows(),
                    decision.question().askedMicros());
        }

        Feedback feedback(Truth truth, long knownMicros, String source, boolean suspect) {
            return new Feedback(
                    decisionId,
                    truth.favours(score),
                    knownMicros,
                    source,
                    score.probability(),
                    Double.isNaN(threshold) ? null : threshold,
                    outcome,
                    route,
                    suspect ? true : null,
                    truth instanceof Truth.Flag ? null : truth.scalar());
        }
    }

    private record Key(String decision, String about) {}

    private final Cache<Key, Open> open =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    void add(Decision decision) {
        open.put(new Key(decision.name(), decision.question().key()), Open.of(decision));
    }

    /** Takes the newest open decision about this. */
    Optional<Open> take(String decision, String about) {
        return Optional.ofNullable(open.asMap().remove(new Key(decision, about)));
    }

    long size() {
        return open.estimatedSize();
    }
}
