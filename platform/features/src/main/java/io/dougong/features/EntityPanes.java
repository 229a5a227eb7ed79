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
    private static final int MANY_ROWS = 96;

    private final ViewPlan plan;
    private final Object[] key;
    private final int hash;
    private final PaneRows minutes;
    private @Nullable PaneRows blocks;
    private @Nullable PaneRows blocksOfBlocks;
    private long newestMicros = Long.MIN_VALUE;
    private long changedFrom = Long.MAX_VALUE;
    private long storedFrom = Long.MAX_VALUE;
    private long oldestPane = Long.MAX_VALUE;

    EntityPanes(ViewPlan plan, Object[] key, int hash) {
        this.plan = plan;
        this.key = key;
        this.hash = hash;
        this.minutes = new PaneRows(plan.layout(), plan.sketchCount());
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
        oldestPane = Math.min(oldestPane, pane);
        newestMicros = Math.max(newestMicros, row[plan.newestPlace()]);
        minutes.merge(pane, row, 0, sketches, 0);
        if (blocks != null) {
            blocks.merge(pane >> SHIFT, row, 0, sketches, 0);
        }
        if (blocksOfBlocks != null) {
            blocksOfBlocks.merge(pane >> (2 * SHIFT), row, 0, sketches, 0);
        }
        addLevels();
    }

    /** Adds to a sketch of the pane without an object for the one value. */
    void addHash(long pane, int which, long valueHash) {
        minutes.addHash(pane, which, valueHash);
        if (blocks != null) {
            blocks.addHash(pane >> SHIFT, which, valueHash);
        }
        if (blocksOfBlocks != null) {
            blocksOfBlocks.addHash(pane >> (2 * SHIFT), which, valueHash);
        }
    }

    private void addLevels() {
        if (blocks == null && minutes.size() > MANY_ROWS) {
            blocks = above(minutes);
        }
        if (blocksOfBlocks == null && blocks != null && blocks.size() > MANY_ROWS) {
            blocksOfBlocks = above(blocks);
        }
    }

    private PaneRows above(PaneRows below) {
        PaneRows rows = new PaneRows(plan.layout(), plan.sketchCount());
        rows.mergeAll(below, SHIFT);
        return rows;
    }

    /** Drops panes before the given one, a block's worth or more at a time. */
    void dropBefore(long pane) {
        if (oldestPane > pane - BLOCK) {
            return;
        }
        oldestPane = pane;
        minutes.dropBefore(pane);
        if (blocks != null) {
            blocks.dropBefore(pane >> SHIFT);
        }
        if (blocksOfBlocks != null) {
            blocksOfBlocks.dropBefore(pane >> (2 * SHIFT));
        }
    }

    /** Merges the panes {@code from} to {@code to}, both included, into the accumulator. */
    void collect(long from, long to, Accumulated into) {
        collect(minutes, blocks, blocksOfBlocks, from, to, into);
    }

    /** Takes the whole blocks within the range from the level above, if there is one, and the rest from this one. */
    private static void collect(
            PaneRows rows,
            @Nullable PaneRows above,
            @Nullable PaneRows wayAbove,
            long from,
            long to,
            Accumulated into) {
        if (from > to) {
            return;
        }
        long firstBlock = (from + BLOCK - 1) >> SHIFT;
        long lastBlock = ((to + 1) >> SHIFT) - 1;
        if (above == null || firstBlock > lastBlock) {
            rows.collect(from, to, into);
            return;
        }
        rows.collect(from, (firstBlock << SHIFT) - 1, into);
        collect(above, wayAbove, null, firstBlock, lastBlock, into);
        rows.collect((lastBlock + 1) << SHIFT, to, into);
    }
}
