package io.dougong.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dougong.kernel.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores and contributions of inputs seen before, by artifact and exact values: a hit gives the same bits as computing, and a new
 * version never sees an old one's scores.
 */
public final class ScoreCache {

    private record Key(Digest model, boolean explained, List<@Nullable Object> values) {}

    private final @Nullable Cache<Key, Arm.Scored> scores;

    /** @param most entries kept; 0 keeps none */
    public ScoreCache(int most) {
        this.scores = most == 0 ? null : Caffeine.newBuilder().maximumSize(most).build();
    }

    Arm.@Nullable Scored find(Digest model, boolean explained, List<@Nullable Object> values) {
        return scores == null ? null : scores.getIfPresent(new Key(model, explained, values));
    }

    void put(Digest model, boolean explained, List<@Nullable Object> values, Arm.Scored scored) {
        if (scores != null) {
            scores.put(new Key(model, explained, values), scored);
        }
    }
}
