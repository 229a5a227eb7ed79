package io.dougong.decisions;

import io.dougong.kernel.InvalidValue;

/** What turned out to be true, in the shape of the question: yes or no, a class, or a number. */
public sealed interface Truth {

    record Flag(boolean positive) implements Truth {}

    record Named(String name) implements Truth {}

    record Amount(double value) implements Truth {}

    /**
     * @param scalar true or false, a text, or a number
     * @throws InvalidValue if it is none of these
     */
    static Truth of(Object scalar) {
        return switch (scalar) {
            case Boolean flag -> new Flag(flag);
            case String name -> new Named(name);
            case Number number -> new Amount(number.doubleValue());
            default ->
                throw new InvalidValue(
                        "bad-truth",
                        "'" + scalar + "' is not a truth.",
                        "Expected true or false, the name of a class, or a number.");
        };
    }

    /** As {@link #of} takes it. */
    default Object scalar() {
        return switch (this) {
            case Flag(boolean positive) -> positive;
            case Named(String name) -> name;
            case Amount(double value) -> value;
        };
    }

    /**
     * Whether the score pointed the right way: the positive class came true, the most probable class is the true one, the number lies in
     * the interval. Never, if truth and score are of different shapes.
     */
    default boolean favours(Score score) {
        return switch (score) {
            case Score.Binary _ -> this instanceof Flag(boolean positive) && positive;
            case Score.Classes classes -> this instanceof Named(String name) && name.equals(classes.top());
            case Score.Amount amount ->
                this instanceof Amount(double value) && amount.low() <= value && value <= amount.high();
        };
    }
}
