package io.dougong.features;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How a field is derived from others of the same row, the same way for events, training rows and questions. Where an input is
 * missing the result is missing.
 */
public sealed interface Transform {

    /** The fields' texts, joined; type string. */
    record Concat(List<String> fields, String separator) implements Transform {
        public Concat {
            fields = List.copyOf(fields);
        }
    }

    /** 0 to 23 in the zone; type integer. */
    record HourOfDay(String timestamp, Zone zone) implements Transform {}

    /** 1 (Monday) to 7 (Sunday) in the zone; type integer. */
    record DayOfWeek(String timestamp, Zone zone) implements Transform {}

    /**
     * Which slot of the day, counted from 0; type integer.
     *
     * @param field a timestamp, or an integer that is the minute of the day (then the zone says nothing)
     * @param minutes length of a slot
     */
    record MinuteSlot(String field, int minutes, Zone zone) implements Transform {
        public MinuteSlot(String field, int minutes) {
            this(field, minutes, Zone.UTC);
        }
    }

    /** How many of the rising edges are at or below the value: 0 below the first; type integer. */
    record Bucket(String field, List<Double> edges) implements Transform {
        public Bucket {
            edges = List.copyOf(edges);
        }
    }

    /** Which interval [i·width, (i+1)·width) holds the value: i; type integer. */
    record Step(String field, double width) implements Transform {}

    /** numerator / denominator, missing if the denominator is 0; type number. */
    record Ratio(String numerator, String denominator) implements Transform {}

    /** minuend − subtrahend; type number if either is, else integer (microseconds between timestamps). */
    record Difference(String minuend, String subtrahend) implements Transform {}

    /** ln(1 + value), missing at −1 and below; type number. */
    record Log1p(String field) implements Transform {}

    /** Whether the comparison with the constant holds; type boolean. */
    record Flag(String field, Comparison comparison, Object constant) implements Transform {}

    /** The value, or the bound that it lies beyond; type number. */
    record Clamp(String field, double least, double most) implements Transform {}

    /** Where the clock is read. */
    sealed interface Zone {
        Zone UTC = new Fixed(ZoneOffset.UTC);

        record Fixed(ZoneId id) implements Zone {}

        /** A string field that holds a zone id, e.g. {@code America/Chicago}; a text that is none makes the result missing. */
        record FromField(String field) implements Zone {}
    }
}
