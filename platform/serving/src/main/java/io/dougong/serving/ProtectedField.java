package io.dougong.serving;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A field by which people must not be treated worse, and how its values make groups. It is never a feature of the model that answers,
 * and never a reason.
 *
 * @param upTo numbers up to this make one group, those above the other; null for one group per value
 */
public record ProtectedField(String field, @Nullable Double upTo) {

    /** The group that a value belongs to; null if it is missing. */
    public @Nullable String group(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (upTo == null) {
            return value.toString();
        }
        return value instanceof Number number ? side(number.doubleValue() <= upTo) : null;
    }

    private String side(boolean within) {
        return (within ? "<=" : ">")
                + new BigDecimal(String.valueOf(upTo)).stripTrailingZeros().toPlainString();
    }
}
