package io.dougong.trust;

import io.dougong.kernel.Digest;

/**
 * Where an entry stands in the chain of its partition.
 *
 * @param sequence 0 for the first
 * @param previousHash hash of the entry before; of the partition's name for the first
 * @param hash SHA-256 of previous hash and entry
 */
public record Link(long sequence, Digest previousHash, Digest hash) {}
