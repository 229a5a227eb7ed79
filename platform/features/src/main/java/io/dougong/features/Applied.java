package io.dougong.features;

/** What became of an event. */
public enum Applied {
    /** Every view of the stream has taken it (or passed it over: its condition does not hold, an entity field is missing). */
    TAKEN,
    /** Its offset had been applied before; nothing changed. */
    REPEATED,
    /** Older than what every view of the stream keeps; nothing was counted. */
    TOO_LATE,
    /** Older than what some views of the stream keep; the others have counted it. */
    PARTLY_LATE,
    /** A number lies outside ±5.4e11 or a required field is missing; nothing was counted. */
    UNFIT,
    /** A view has reached its greatest number of entities and did not take this new one. */
    FULL,
    /** No view uses the stream. */
    UNUSED;

    /** Whether some view lacks the event, so that it belongs among the dead letters. */
    public boolean isLost() {
        return this == TOO_LATE || this == PARTLY_LATE || this == UNFIT || this == FULL;
    }
}
