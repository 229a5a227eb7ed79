package io.dougong.features;

/** How a field's value is compared with a constant. */
public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    ABOVE,
    AT_LEAST,
    BELOW,
    AT_MOST;

    /** @param order negative, zero or positive, as of {@link Comparable#compareTo} */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case ABOVE -> order > 0;
            case AT_LEAST -> order >= 0;
            case BELOW -> order < 0;
            case AT_MOST -> order <= 0;
        };
    }
}
