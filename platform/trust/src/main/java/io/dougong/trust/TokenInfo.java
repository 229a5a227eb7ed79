package io.dougong.trust;

import java.util.Optional;
import java.util.Set;

/**
 * A token without its secret.
 *
 * @param id the first 16 digits of the secret's SHA-256
 * @param lastUsedMicros to within a minute
 */
public record TokenInfo(
        String id,
        String name,
        Set<Role> roles,
        long createdMicros,
        Optional<Long> expiresMicros,
        Optional<Long> revokedMicros,
        Optional<Long> lastUsedMicros) {

    public TokenInfo {
        roles = Set.copyOf(roles);
    }

    public boolean expired(long nowMicros) {
        return expiresMicros.isPresent() && nowMicros >= expiresMicros.get();
    }

    public boolean usable(long nowMicros) {
        return revokedMicros.isEmpty() && !expired(nowMicros);
    }
}
