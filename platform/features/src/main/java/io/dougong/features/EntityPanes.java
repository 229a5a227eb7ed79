package io.dougong.features;

import org.jspecify.annotations.Nullable;

/**
 * The panes of one entity of a view: the non-empty minutes, and once there are many, blocks of 64 minutes, and blocks of 64 blocks.
 *
 * <p>Each level holds the merge of the one below, and an event is merged into its row at every level; nothing is ever subtracted.
 * A range of panes is then the merge of at most 126 rows at each lower level and the whole blocks between, at any time asked
 * about, for maxima and sketches as for sums, and with the same bits as merging the minutes one by one, since merging is exact and
 * of any order. Expired minutes are dropped; a block that begins before the first kept minute holds more than is kept, and is never
 * read, because no window may reach back that far (see {@link ViewState#kept}).
 */
final class EntityPanes {

    static final int SHIFT = 6;

    private static final int BLOCK = 1 << SHIFT;
    private static final int LEVELS = 3;
    private static final int MANY_ROWS = 96;

    private final ViewPlan plan;
    private final Object[] key;
    private final int hash;
    private final @Nullable PaneRows[] levels = new @Nullable PaneRows[LEVELS];
    private final PaneRows minutes;
    private long newestMicros = Long.MIN_VALUE;
    private long changedFrom = Long.MAX_VALUE;
    private long storedFrom = Long.MAX_VALUE;

    EntityPanes(ViewPlan plan, Object[] key, int hash) {
        this.plan = plan;
        this.key = key;
        this.hash = hash;
        this.minutes = new PaneRows(plan.layout(), plan.sketchCount());
        this.levels[0] = minutes;
    }

    Object[] key() {
        return key;
    }

    int hash() {
        return hash;
    }

    PaneRows minutes() {
        return minutes;
    }

    /** Event time of the newest event. */
    long newestMicros() {
        return newestMicros;
    }

    /** The first pane changed since the state was last stored; {@link Long#MAX_VALUE} if none. */
    long changedFrom() {
        return changedFrom;
    }

    /** The first chunk (block of 64 minutes) that may be in storage; {@link Long#MAX_VALUE} if none. */
    long storedFrom() {
        return storedFrom;
    }

    void stored(long fromChunk) {
        changedFrom = Long.MAX_VALUE;
        storedFrom = fromChunk;
    }

    void merge(long pane, long[] row, @Nullable Sketch[] sketches) {
        changedFrom = Math.min(changedFrom, pane);
        newestMicros = Math.max(newestMicros, row[plan.newestPlace()]);
        for (int level = 0; level < LEVELS; level++) {
            PaneRows rows = levels[level];
            if (rows == null) {
                break;
            }
            rows.merge(pane >> (level * SHIFT), row, 0, sketches, 0);
        }
        addLevel();
    }

    /** Adds to a sketch of the pane without an object for the one value. */
    void addHash(long pane, int which, long hash) {
        for (int level = 0; level < LEVELS; level++) {
            PaneRows rows = levels[level];
            if (rows == null) {
                break;
            }
            rows.addHash(pane >> (level * SHIFT), which, hash);
        }
    }

    private void addLevel() {
        for (int level = 1; level < LEVELS; level++) {
            PaneRows below = levels[level - 1];
            if (levels[level] == null && below != null && below.size() > MANY_ROWS) {
                PaneRows rows = new PaneRows(plan.layout(), plan.sketchCount());
                rows.mergeAll(below, SHIFT);
                levels[level] = rows;
            }
        }
    }

    void dropBefore(long pane) {
        for (int level = 0; level < LEVELS; level++) {
            PaneRows rows = levels[level];
            if (rows != null) {
                rows.dropBefore(pane >> (level * SHIFT));
            }
        }
    }

    /** Merges the panes {@code from} to {@code to}, both included, into the accumulator. */
    void collect(long from, long to, Accumulated into) {
        collect(0, from, to, into);
    }

    private void collect(int level, long from, long to, Accumulated into) {
        PaneRows rows = levels[level];
        if (rows == null || from > to) {
            return;
        }
        long firstBlock = (from + BLOCK - 1) >> SHIFT;
        long lastBlock = ((to + 1) >> SHIFT) - 1;
        if (level + 1 < LEVELS && levels[level + 1] != null && firstBlock <= lastBlock) {
            rows.collect(from, (firstBlock << SHIFT) - 1, into);
            collect(level + 1, firstBlock, lastBlock, into);
            rows.collect((lastBlock + 1) << SHIFT, to, into);
        } else {
            rows.collect(from, to, into);
        }
    }
}
