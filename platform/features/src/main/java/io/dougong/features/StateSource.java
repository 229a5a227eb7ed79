package io.dougong.features;

import io.dougong.kernel.Digest;

/** Where a view's state may be found that an earlier process has written. */
public interface StateSource {

    /** A source that has nothing. */
    StateSource NONE = (_, _, _) -> {};

    /** Hands what is stored of the view in this version to the target: the rows, then the mark; nothing if there is none. */
    void load(String view, Digest version, Target target);

    /** Takes a view's state. */
    interface Target {
        void rows(byte[] entity, byte[] rows);

        void mark(ViewMark mark);
    }
}
