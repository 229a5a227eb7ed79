package io.dougong.server;

import io.dougong.kernel.Digest;
import io.dougong.trust.Caller;
import io.dougong.trust.Permission;
import io.dougong.trust.TokenInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. Every call needs a token; the bootstrap token, which lies in the home folder, works from this machine only.
 */
final class Access {

    /** Tells whose token it is. */
    interface Authentication {
        Caller authenticate(@Nullable String token, String source);
    }

    private static final String SCHEME = "bearer ";
    private static final int ID_LENGTH = 16;

    private final Authentication authentication;
    private final String bootstrapId;

    /** @param bootstrapId id of the token that works from this machine only; empty if there is none */
    Access(Authentication authentication, String bootstrapId) {
        this.authentication = authentication;
        this.bootstrapId = bootstrapId;
    }

    Caller admit(@Nullable String authorization, String peer, @Nullable Permission needed) {
        String token = token(authorization);
        Caller caller = authentication.authenticate(token, source(token, peer));
        if (caller.id().equals(bootstrapId) && !Hosts.isLoopback(peer)) {
            throw ServerProblem.localTokenFromAfar();
        }
        if (needed != null) {
            caller.require(needed);
        }
        return caller;
    }

    /**
     * What wrong tokens are counted against. All programs of this machine share one address, so that a wrong token of one of
     * them must not lock out the others.
     */
    private static String source(@Nullable String token, String peer) {
        return token != null && Hosts.isLoopback(peer) ? peer + "/" + idOf(token) : peer;
    }

    private static @Nullable String token(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    /** The id under which a secret's token is listed. */
    static String idOf(String secret) {
        return Digest.of(secret).hex().substring(0, ID_LENGTH);
    }

    /** Refuses to be reached from other machines before some client other than the bootstrap has a token. */
    static void checkBinding(String host, List<TokenInfo> tokens, String bootstrapId, long nowMicros) {
        boolean anyClient = tokens.stream()
                .anyMatch(token -> token.usable(nowMicros) && !token.id().equals(bootstrapId));
        if (!Hosts.isLoopback(host) && !anyClient) {
            throw ServerProblem.openBinding(host);
        }
    }
}
