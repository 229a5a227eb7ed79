package io.dougong.lake;

/**
 * How rows are laid out in files, so that scans of a time range or of one value skip the rest.
 *
 * @param field the field it goes by; empty for {@link Unit#NONE}
 */
public record Partitioning(Unit unit, String field) {

    /** One set of files per what. */
    public enum Unit {
        NONE,
        VALUE,
        HOUR,
        DAY,
        MONTH
    }

    public static final Partitioning NONE = new Partitioning(Unit.NONE, "");

    /** One partition per value: for few values only. */
    public static Partitioning byValue(String field) {
        return new Partitioning(Unit.VALUE, field);
    }

    public static Partitioning byHour(String timestampField) {
        return new Partitioning(Unit.HOUR, timestampField);
    }

    public static Partitioning byDay(String timestampField) {
        return new Partitioning(Unit.DAY, timestampField);
    }

    public static Partitioning byMonth(String timestampField) {
        return new Partitioning(Unit.MONTH, timestampField);
    }
}
