package io.dougong.lake;

/** What a compaction did: files read and written, and the rows in them. */
public record Compaction(int filesBefore, int filesAfter, long rows) {

    public static final Compaction NOTHING = new Compaction(0, 0, 0);
}
