package io.dougong.trust;

import javax.crypto.SecretKey;

/**
 * The key of one subject.
 *
 * @param id random, says nothing about subject or key
 * @param key AES-256
 */
public record DataKey(String id, SecretKey key) {

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
