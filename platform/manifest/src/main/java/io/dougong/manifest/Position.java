package io.dougong.manifest;

/** A place in a manifest file, both counted from 1; {@link #NONE} for what was never in a file. */
record Position(int line, int column) {

    static final Position NONE = new Position(0, 0);
    static final Position START = new Position(1, 1);
}
