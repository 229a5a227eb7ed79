package io.dougong.decisions;

/** What to do. {@link #REVIEW}, a person must look, is an answer like any other. */
public record Outcome(String label) {

    public static final Outcome REVIEW = new Outcome("REVIEW");

    public boolean decided() {
        return !equals(REVIEW);
    }
}
