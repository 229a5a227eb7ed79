package io.dougong.trust;

/**
 * What a guard rule found. Rules that found nothing leave no verdict.
 *
 * @param rule e.g. {@code out-of-range}
 */
public record GuardVerdict(String rule, String feature, Severity severity, String message) {

    public enum Severity {
        /** Noted. */
        WARN,
        /** A person must look. */
        REVIEW,
        /** The model must not be asked. */
        BLOCK
    }
}
