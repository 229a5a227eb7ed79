package io.dougong.decisions;

/** What a guard rule found; rules that found nothing leave no verdict. */
public record Verdict(String rule, String field, Severity severity, String message) {

    public enum Severity {
        /** Noted. */
        WARN,
        /** A person must look. */
        REVIEW,
        /** The model was not asked. */
        BLOCK
    }
}
