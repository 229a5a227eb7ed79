package io.dougong.operate;

/**
 * An even sample of rows of ranks: those with the smallest hashes. The same rows give the same sample in any order, and samples of
 * parts merge (bottom-k sketch, Cohen and Kaplan 2007).
 */
final class RowSample {

    static final int MOST = 240;

    private final long[] hashes = new long[MOST];
    private final byte[][] rows = new byte[MOST][];
    private int size;
    private int largest;

    /** @param hash of something that tells rows apart, e.g. {@link #hash} of a counter */
    boolean wants(long hash) {
        return size < MOST || hash < hashes[largest];
    }

    void add(long hash, byte[] row) {
        if (!wants(hash)) {
            return;
        }
        int place = size < MOST ? size++ : largest;
        hashes[place] = hash;
        rows[place] = row;
        largest = 0;
        for (int i = 1; i < size; i++) {
            largest = hashes[i] > hashes[largest] ? i : largest;
        }
    }

    /** In the order of their hashes. */
    byte[][] rows() {
        return java.util.stream.IntStream.range(0, size)
                .boxed()
                .sorted(java.util.Comparator.comparingLong(i -> hashes[i]))
                .map(i -> rows[i])
                .toArray(byte[][]::new);
    }

    /** Kept rows and hashes, for a checkpoint. */
    record Kept(long[] hashes, byte[][] rows) {}

    Kept kept() {
        return new Kept(java.util.Arrays.copyOf(hashes, size), java.util.Arrays.copyOf(rows, size));
    }

    static RowSample of(Kept kept) {
        RowSample sample = new RowSample();
        for (int i = 0; i < kept.hashes().length; i++) {
            sample.add(kept.hashes()[i], kept.rows()[i]);
        }
        return sample;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    static long hash(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
