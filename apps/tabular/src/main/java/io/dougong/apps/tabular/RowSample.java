package io.dougong.apps.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Some rows of a stream, each with the same chance (reservoir sampling, Vitter 1985); same rows and seed, same sample. */
final class RowSample {

    private static final int MOST_CELLS = 1_000_000;
    private static final int MOST_ROWS = 20_000;

    private final int most;
    private final Random random;
    private final List<@Nullable String[]> rows = new ArrayList<>();
    private long seen;

    RowSample(int columns, long seed) {
        this.most = Math.clamp(MOST_CELLS / Math.max(1, columns), 100, MOST_ROWS);
        this.random = new Random(seed);
    }

    void take(@Nullable String[] row) {
        seen++;
        if (rows.size() < most) {
            rows.add(row.clone());
            return;
        }
        long place = random.nextLong(seen);
        if (place < most) {
            rows.set((int) place, row.clone());
        }
    }

    List<@Nullable String[]> rows() {
        return rows;
    }

    @Nullable
    String[] column(int column) {
        return rows.stream().map(row -> row[column]).toArray(String[]::new);
    }
}
