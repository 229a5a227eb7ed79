package io.dougong.features;

/**
 * Where a store writes the state that has changed: all of it becomes durable with {@link #commit}, or nothing. An entity's panes
 * come in chunks of 64 minutes; entity and rows are bytes of {@link StateCodec}'s making.
 */
public interface StateSink {

    void mark(ViewMark mark);

    /** Replaces the chunk. */
    void rows(String view, byte[] entity, long chunk, byte[] rows);

    /** Forgets the entity's chunks from the first, included, to the other, excluded. */
    void dropRows(String view, byte[] entity, long fromChunk, long toChunk);

    void dropEntity(String view, byte[] entity);

    void commit();
}
