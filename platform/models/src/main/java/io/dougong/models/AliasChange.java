package io.dougong.models;

/**
 * An alias moved, and why.
 *
 * @param version it points to now; 0 if it was removed
 * @param previous version it pointed to before; 0 if it is new
 */
public record AliasChange(
        String name, String alias, int version, int previous, String who, String why, long atMicros) {}
