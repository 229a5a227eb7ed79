package io.dougong.decisions;

/** Computes a recorded decision again; every room that decides has one. */
public interface Replayer {

    Replay replay(Decision recorded, Replay.Request request);
}
