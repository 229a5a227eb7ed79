package io.dougong.features;

import java.time.Duration;

/**
 * What is computed over the events of a window. Over an empty window {@link Count} and {@link Distinct} are 0 and all others are
 * missing; an event whose field is missing counts for {@link Count} only.
 */
public sealed interface Aggregate {

    /** How many events. */
    record Count() implements Aggregate {}

    record Sum(String field) implements Aggregate {}

    record Mean(String field) implements Aggregate {}

    record Min(String field) implements Aggregate {}

    record Max(String field) implements Aggregate {}

    /** The standard deviation of the values as a whole population (divided by n, 0 for one value). */
    record StdDev(String field) implements Aggregate {}

    /** The share of true among the values of a boolean field. */
    record Rate(String field) implements Aggregate {}

    /** About how many different values: a {@link Sketch}, standard error 2.3 %, near exact up to a few hundred. */
    record Distinct(String field) implements Aggregate {}

    /** The value of the newest event; among events of the same microsecond the largest value. */
    record Last(String field) implements Aggregate {}

    /** The mean in which a value weighs half as much for each half-life (counted in whole panes) that lies between. */
    record Decayed(String field, Duration halfLife) implements Aggregate {}

    /** As it stands in a feature's name, e.g. {@code mean_delay}. */
    default String label() {
        return switch (this) {
            case Count() -> "count";
            case Sum(String field) -> "sum_" + field;
            case Mean(String field) -> "mean_" + field;
            case Min(String field) -> "min_" + field;
            case Max(String field) -> "max_" + field;
            case StdDev(String field) -> "stddev_" + field;
            case Rate(String field) -> "rate_" + field;
            case Distinct(String field) -> "distinct_" + field;
            case Last(String field) -> "last_" + field;
            case Decayed(String field, Duration halfLife) -> "decayed_" + field + "_" + Windows.label(halfLife);
        };
    }

    /** What it says, for people, e.g. {@code mean of delay}. */
    default String description() {
        return switch (this) {
            case Count() -> "number of events";
            case Sum(String field) -> "sum of " + field;
            case Mean(String field) -> "mean of " + field;
            case Min(String field) -> "smallest " + field;
            case Max(String field) -> "largest " + field;
            case StdDev(String field) -> "standard deviation of " + field;
            case Rate(String field) -> "share of " + field;
            case Distinct(String field) -> "number of different values of " + field;
            case Last(String field) -> "last " + field;
            case Decayed(String field, Duration halfLife) ->
                "mean of " + field + " with half-life " + Windows.label(halfLife);
        };
    }
}
