package io.dougong.trust;

import io.dougong.kernel.Sensitivity;
import io.dougong.trust.GuardVerdict.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One check of one feature. Holding or not is decided without allocation; only a finding costs its message. */
public sealed interface GuardRule {

    /** Its name in verdicts. */
    String name();

    Severity severity();

    /** @param ageMicros negative if the value has no age */
    boolean holds(@Nullable Object value, long ageMicros);

    /** What is wrong, as the end of a sentence that begins with the feature. */
    String finding(@Nullable Object value, long ageMicros);

    /** Required and not there. */
    record Missing(Severity severity) implements GuardRule {
        @Override
        public String name() {
            return "missing";
        }

        @Override
        public boolean holds(@Nullable Object value, long ageMicros) {
            return value != null;
        }

        @Override
        public String finding(@Nullable Object value, long ageMicros) {
            return "is required and missing";
        }
    }

    /** Text where the model takes a number, or the like. */
    record WrongKind(Expectation.Kind kind, Severity severity) implements GuardRule {
        @Override
        public String name() {
            return "wrong-kind";
        }

        @Override
        public boolean holds(@Nullable Object value, long ageMicros) {
            return value == null
                    || switch (kind) {
                        case NUMBER -> value instanceof Double || value instanceof Long;
                        case CATEGORY -> value instanceof String;
                        case BOOLEAN -> value instanceof Boolean;
                    };
        }

        @Override
        public String finding(@Nullable Object value, long ageMicros) {
            return "is not a " + kind.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** NaN or infinite: no model was trained on either as a value. */
    record NotFinite(Severity severity) implements GuardRule {
        @Override
        public String name() {
            return "not-finite";
        }

        @Override
        public boolean holds(@Nullable Object value, long ageMicros) {
            return !(value instanceof Double number) || Double.isFinite(number);
        }

        @Override
        public String finding(@Nullable Object value, long ageMicros) {
            return "is not a finite number";
        }
    }

    /** Outside what training saw: the model extrapolates. Bounds already include the tolerance. */
    record OutOfRange(double least, double most, Sensitivity sensitivity, Severity severity) implements GuardRule {
        @Override
        public String name() {
            return "out-of-range";
        }

        @Override
        public boolean holds(@Nullable Object value, long ageMicros) {
            return switch (value) {
                case Double number -> !Double.isFinite(number) || (number >= least && number <= most);
                case Long number -> number >= least && number <= most;
                case null, default -> true;
            };
        }

        @Override
        public String finding(@Nullable Object value, long ageMicros) {
            return "is " + Guard.shown(value, sensitivity) + ", outside the range [" + least + ", " + most
                    + "] seen in training";
        }
    }

    /** A category that training never saw. */
    record UnseenCategory(Set<String> seen, Sensitivity sensitivity, Severity severity) implements GuardRule {

        public UnseenCategory {
            seen = Set.copyOf(seen);
        }

        @Override
        public String name() {
            return "unseen-category";
        }

        @Override
        public boolean holds(@Nullable Object value, long ageMicros) {
            return !(value instanceof String text) || seen.contains(text);
        }

        @Override
        public String finding(@Nullable Object value, long ageMicros) {
            return "is " + Guard.shown(value, sensitivity) + ", none of the " + seen.size()
                    + " categories seen in training";
        }
    }

    /** Older than allowed. */
    record Stale(long maxAgeMicros, Severity severity) implements GuardRule {
        @Override
        public String name() {
            return "stale";
        }

        @Override
        public boolean holds(@Nullable Object value, long ageMicros) {
            return ageMicros <= maxAgeMicros;
        }

        @Override
        public String finding(@Nullable Object value, long ageMicros) {
            return "is " + ageMicros / 1000 + " ms old, more than the " + maxAgeMicros / 1000 + " ms allowed";
        }
    }
}
