package io.dougong.features;

/** A mergeable quantity of a pane. */
record Column(Kind kind, String field) {

    /** How two cells become one. */
    enum Merge {
        ADD1(1),
        ADD2(2),
        ADD3(3),
        MAX(1),
        MIN(1),
        /** A time and a value; the later time wins, then the larger value. */
        LATEST(2);

        final int words;

        Merge(int words) {
            this.words = words;
        }
    }

    enum Kind {
        EVENTS(Merge.ADD1),
        /** Values that are not missing. */
        PRESENT(Merge.ADD1),
        TRUE(Merge.ADD1),
        SUM(Merge.ADD2),
        SQUARES(Merge.ADD3),
        /** Event time of the newest event. */
        NEWEST(Merge.MAX),
        /** Event time of the newest event whose field is not missing. */
        NEWEST_PRESENT(Merge.MAX),
        LARGEST(Merge.MAX),
        SMALLEST(Merge.MIN),
        LAST(Merge.LATEST);

        final Merge merge;

        Kind(Merge merge) {
            this.merge = merge;
        }
    }

    static final Column EVENTS = new Column(Kind.EVENTS, "");
    static final Column NEWEST = new Column(Kind.NEWEST, "");
}
