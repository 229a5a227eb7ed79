package io.dougong.trust;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * API tokens: 256 random bits that are shown once and kept only as their SHA-256 (no salt or slow hash is needed for
 * secrets that nobody chose), each with a name and roles. Safe for use by many threads.
 */
public interface Tokens {

    /**
     * @param secret the token itself; nobody can show it again
     */
    record Created(String secret, TokenInfo info) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Created[" + info + "]";
        }
    }

    /** @param expiresMicros when it stops working; empty for never */
    Created create(String name, Set<Role> roles, Optional<Long> expiresMicros);

    /**
     * Who presents this token.
     *
     * @param presented the token; null or empty if none came
     * @param source where the request comes from, e.g. the peer's address: wrong tokens are counted against it
     * @throws TrustProblem.Unauthenticated no token, a wrong one, an expired or revoked one
     * @throws TrustProblem.TooManyAttempts too many wrong ones from this source lately; then right ones wait as well
     */
    Caller authenticate(@Nullable String presented, String source);

    /** @throws TrustProblem.Refused if there is no such token */
    TokenInfo revoke(String id);

    /** The oldest first, revoked and expired ones too, never a secret. */
    List<TokenInfo> list();

    /** Whether a token was ever made: without one the server binds to loopback only. */
    boolean configured();
}
