package io.dougong.features;

import java.util.stream.Stream;

/** A field computed from others of the same row, declared with its stream; it can be used like any field. */
public record Derived(String name, Transform transform) {

    /** Names of the fields that it is computed from. */
    public Stream<String> inputs() {
        return switch (transform) {
            case Transform.Concat concat -> concat.fields().stream();
            case Transform.HourOfDay hour -> withZone(hour.timestamp(), hour.zone());
            case Transform.DayOfWeek day -> withZone(day.timestamp(), day.zone());
            case Transform.MinuteSlot slot -> withZone(slot.field(), slot.zone());
            case Transform.Bucket bucket -> Stream.of(bucket.field());
            case Transform.Step step -> Stream.of(step.field());
            case Transform.Ratio ratio -> Stream.of(ratio.numerator(), ratio.denominator());
            case Transform.Difference difference -> Stream.of(difference.minuend(), difference.subtrahend());
            case Transform.Log1p log -> Stream.of(log.field());
            case Transform.Flag flag -> Stream.of(flag.field());
            case Transform.Clamp clamp -> Stream.of(clamp.field());
        };
    }

    private static Stream<String> withZone(String field, Transform.Zone zone) {
        return switch (zone) {
            case Transform.Zone.Fixed _ -> Stream.of(field);
            case Transform.Zone.FromField(String zoneField) -> Stream.of(field, zoneField);
        };
    }
}
