package io.dougong.documents;

/** A place in a file, both counted from 1; {@link #NONE} for what was never in a file. */
public record Position(int line, int column) {

    public static final Position NONE = new Position(0, 0);
    public static final Position START = new Position(1, 1);
}
