package io.dougong.apps.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows of one slice, kept for comparing models: all of them, or a fair sample of so many. */
final class Holdout {

    private static final int MOST_CELLS = 2_000_000;
    private static final int MOST_ROWS = 50_000;

    /**
     * @param values of the features, in their order
     * @param groups of the protected columns, in their order
     */
    record Held(String key, long micros, List<@Nullable Object> values, Object truth, List<@Nullable String> groups) {}

    private final int most;
    private final Random random;
    private final List<Held> rows = new ArrayList<>();
    private long seen;

    Holdout(int columns, long seed) {
        this.most = Math.clamp(MOST_CELLS / Math.max(1, columns), 1_000, MOST_ROWS);
        this.random = new Random(seed);
    }

    void take(Held row) {
        seen++;
        if (rows.size() < most) {
            rows.add(row);
            return;
        }
        long place = random.nextLong(seen);
        if (place < most) {
            rows.set((int) place, row);
        }
    }

    List<Held> rows() {
        return rows;
    }
}
