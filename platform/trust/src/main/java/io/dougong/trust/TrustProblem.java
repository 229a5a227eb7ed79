package io.dougong.trust;

import io.dougong.kernel.Problem;
import java.util.stream.Collectors;

/** What trust refuses. */
public abstract sealed class TrustProblem extends Problem {

    private TrustProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    /** Nobody we know. A wrong and an unknown token are told apart by nothing. */
    public static final class Unauthenticated extends TrustProblem {
        private Unauthenticated(String code, String message, String advice) {
            super(Kind.UNAUTHENTICATED, code, message, advice);
        }
    }

    /** Somebody we know, who may not. */
    public static final class Denied extends TrustProblem {
        private Denied(String message, String advice) {
            super(Kind.DENIED, "denied", message, advice);
        }
    }

    /** Too many wrong tokens. */
    public static final class TooManyAttempts extends TrustProblem {
        private final long retryAfterMillis;

        private TooManyAttempts(long retryAfterMillis) {
            super(
                    Kind.OVERLOADED,
                    "too-many-attempts",
                    "Too many wrong tokens came from this address.",
                    "Try again in " + (retryAfterMillis + 999) / 1000 + " s.");
            this.retryAfterMillis = retryAfterMillis;
        }

        public long retryAfterMillis() {
            return retryAfterMillis;
        }
    }

    /** A request or a stored value that cannot be served as it is. */
    public static final class Refused extends TrustProblem {
        private Refused(Kind kind, String code, String message, String advice) {
            super(kind, code, message, advice);
        }
    }

    public static Unauthenticated missingToken() {
        return new Unauthenticated(
                "token-missing", "This needs a token and none came.", "Send 'Authorization: Bearer dgt_…'.");
    }

    public static Unauthenticated wrongToken() {
        return new Unauthenticated(
                "token-wrong",
                "This token is not known here.",
                "Maybe it was cut off when copied, or belongs to another server.");
    }

    public static Unauthenticated expiredToken(TokenInfo token) {
        return new Unauthenticated("token-expired", "Token '" + token.name() + "' has expired.", "Create a new one.");
    }

    public static Unauthenticated revokedToken(TokenInfo token) {
        return new Unauthenticated(
                "token-revoked", "Token '" + token.name() + "' was revoked.", "Ask an ADMIN for a new one.");
    }

    public static TooManyAttempts tooManyAttempts(long retryAfterMillis) {
        return new TooManyAttempts(retryAfterMillis);
    }

    public static Denied denied(Caller caller, Permission needed) {
        String roles = Role.with(needed).stream().map(Role::name).collect(Collectors.joining(" or "));
        return new Denied(
                "Token '" + caller.name() + "' has " + caller.roles() + "; " + needed + " needs " + roles + ".",
                "Use a token with that role.");
    }

    public static Refused unknownToken(String id) {
        return new Refused(
                Kind.NOT_FOUND, "unknown-token", "There is no token '" + id + "'.", "'tokens list' shows them.");
    }

    public static Refused badToken(String why) {
        return new Refused(Kind.BAD_INPUT, "bad-token", "A token cannot be made like this: " + why + ".", "");
    }

    public static Refused auditedAlready(String reference, long reached) {
        return new Refused(
                Kind.CONFLICT,
                "audited-already",
                "The audit chain has gone past " + reference + ": it has reached offset " + reached + ".",
                "Feed it from reached() on, in order.");
    }

    public static Refused otherHead(String reference) {
        return new Refused(
                Kind.CORRUPT,
                "audit-head-differs",
                "The rebuilt chain does not meet the signed head at " + reference + ".",
                "The log is not the one that was audited: keep both and compare with a head kept elsewhere.");
    }

    public static Refused exposedKey(String file, String permissions) {
        return new Refused(
                Kind.CONFLICT,
                "key-exposed",
                "The key file " + file + " can be read by others (" + permissions + ").",
                "If nobody read it: chmod 600. Otherwise make a new key.");
    }

    public static Refused badKey(String where, String why) {
        return new Refused(
                Kind.CORRUPT,
                "bad-key",
                "The key in " + where + " cannot be used: " + why + ".",
                "Restore it from a backup.");
    }

    public static Refused wrongMasterKey() {
        return new Refused(
                Kind.CONFLICT,
                "wrong-master-key",
                "The master key is not the one that the subject keys were made with.",
                "Maybe the key file was lost and made anew, or the environment names another key.");
    }

    public static Refused badSealedValue(String why) {
        return new Refused(
                Kind.CORRUPT,
                "bad-sealed-value",
                "A sealed value cannot be opened: " + why + ".",
                "Run 'audit verify'.");
    }

    public static Refused noSubject(String field) {
        return new Refused(
                Kind.BAD_INPUT,
                "no-subject",
                "Field '" + field + "' is personal, and the row names no subject.",
                "Say which field of the stream is its subject.");
    }

    public static Refused notScrubbed(String why) {
        return new Refused(
                Kind.UNAVAILABLE,
                "erasure-unfinished",
                "The key is destroyed and cannot be used again, but its file could not be rewritten yet: " + why + ".",
                "It is tried again at the next erasure and the next start.");
    }
}
