package io.dougong.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An error that a person or a client can act on: a stable code, what was wrong with which value, and what may help.
 * Each room extends it with a sealed class of its own; the server turns it into {@code application/problem+json} (RFC 9457).
 */
public abstract class Problem extends RuntimeException {

    /** What kind of trouble it is, with the HTTP status it answers with. */
    public enum Kind {
        BAD_INPUT(400),
        UNAUTHENTICATED(401),
        DENIED(403),
        NOT_FOUND(404),
        CONFLICT(409),
        GONE(410),
        TOO_LARGE(413),
        OVERLOADED(429),
        INTERNAL(500),
        CORRUPT(500),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private final Kind kind;
    private final String code;
    private final String advice;

    /**
     * @param code stable, lower-case and dashed, e.g. {@code event-too-late}
     * @param message what was wrong, with the value that was wrong
     * @param advice what the reader may do about it; empty if there is nothing to add
     */
    protected Problem(Kind kind, String code, String message, String advice) {
        this(kind, code, message, advice, null);
    }

    protected Problem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.advice = advice;
    }

    public final Kind kind() {
        return kind;
    }

    public final String code() {
        return code;
    }

    public final String advice() {
        return advice;
    }

    /** Message and advice in one line, as a command line prints it. */
    public final String explained() {
        return advice.isEmpty() ? getMessage() : getMessage() + " " + advice;
    }

    @Override
    public final String getMessage() {
        String message = super.getMessage();
        return message == null ? code : message;
    }
}
