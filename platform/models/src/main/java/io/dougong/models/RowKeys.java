package io.dougong.models;

/**
 * Turns a row into integers that compare like the floats they come from, so that the tree walk needs no branch, not even for a
 * missing value: each feature has two slots, and a missing value is below every threshold in the first (for nodes that send it
 * left) and above every threshold in the second. A last slot is above every threshold; leaves use it.
 */
final class RowKeys {

    private static final long BELOW_ALL = Long.MIN_VALUE >> 8;
    private static final long ABOVE_ALL = Long.MAX_VALUE >> 8;
    private static final int MAGNITUDE = 0x7fffffff;

    private final int inputs;

    RowKeys(int inputs) {
        this.inputs = inputs;
    }

    /** Slots per row. */
    int size() {
        return 2 * inputs + 1;
    }

    int slot(int feature, boolean missingGoesLeft) {
        return missingGoesLeft ? feature : inputs + feature;
    }

    int leafSlot() {
        return 2 * inputs;
    }

    /** Sign-magnitude to two's complement; adding zero makes -0.0 and 0.0 one. */
    static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits ^ bits >> 31 & MAGNITUDE;
    }

    void fill(float[] rows, int from, long[] keys, int at) {
        for (int i = 0; i < inputs; i++) {
            float value = rows[from + i];
            boolean missing = Float.isNaN(value);
            int key = key(value);
            keys[at + i] = missing ? BELOW_ALL : key;
            keys[at + inputs + i] = missing ? ABOVE_ALL : key;
        }
        keys[at + 2 * inputs] = ABOVE_ALL;
    }
}
