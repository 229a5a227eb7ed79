package io.dougong.trust.embedded;

/** The chain does not hold at this sequence. */
final class BrokenChain extends Exception {

    private static final long serialVersionUID = 1;

    private final long sequence;
    private final String what;

    BrokenChain(long sequence, String what) {
        super("entry " + sequence + ": " + what);
        this.sequence = sequence;
        this.what = what;
    }

    long sequence() {
        return sequence;
    }

    String what() {
        return what;
    }
}
