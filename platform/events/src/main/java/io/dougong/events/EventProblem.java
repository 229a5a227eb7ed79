package io.dougong.events;

import io.dougong.kernel.Problem;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Suggest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What can go wrong with the event log. */
public abstract sealed class EventProblem extends Problem {

    private EventProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    /** An event, stream, position or offset that is not well formed. */
    public static final class Malformed extends EventProblem {
        private Malformed(String code, String message, String advice) {
            super(Kind.BAD_INPUT, code, message, advice, null);
        }
    }

    public static final class UnknownStream extends EventProblem {
        private UnknownStream(String message, String advice) {
            super(Kind.NOT_FOUND, "unknown-stream", message, advice, null);
        }
    }

    public static final class StreamConflict extends EventProblem {
        private StreamConflict(String message, String advice) {
            super(Kind.CONFLICT, "stream-conflict", message, advice, null);
        }
    }

    /** The queue of appends is full; nothing of the batch was taken. */
    public static final class Overloaded extends EventProblem {
        private Overloaded(String message, String advice) {
            super(Kind.OVERLOADED, "log-overloaded", message, advice, null);
        }
    }

    public static final class TooLarge extends EventProblem {
        private TooLarge(String message, String advice) {
            super(Kind.TOO_LARGE, "event-too-large", message, advice, null);
        }
    }

    /** The offset was dropped by retention. */
    public static final class Expired extends EventProblem {
        private Expired(String message, String advice) {
            super(Kind.GONE, "offset-expired", message, advice, null);
        }
    }

    public static final class PartitionMoved extends EventProblem {
        private PartitionMoved(String message, String advice) {
            super(Kind.CONFLICT, "partition-moved", message, advice, null);
        }
    }

    /** The disk refused a write; it is open whether the events are there. */
    public static final class WriteFailed extends EventProblem {
        private WriteFailed(String message, String advice, Throwable cause) {
            super(Kind.UNAVAILABLE, "log-write-failed", message, advice, cause);
        }
    }

    /** Stored bytes are not what was written. */
    public static final class Corrupt extends EventProblem {
        private Corrupt(String message, String advice, @Nullable Throwable cause) {
            super(Kind.CORRUPT, "log-corrupt", message, advice, cause);
        }
    }

    public static final class Closed extends EventProblem {
        private Closed(String what) {
            super(Kind.UNAVAILABLE, "log-closed", what + " is closed.", "", null);
        }
    }

    public static Malformed badEvent(String why, String advice) {
        return new Malformed("bad-event", "Not an acceptable event: " + why + ".", advice);
    }

    /** An event that claims to happen later than the clock allows: taken, it would make every true event after it too late. */
    public static Malformed ahead(String stream, Instant time, Duration most) {
        return new Malformed(
                "event-ahead",
                "The event's time " + time + " is more than " + most.toHours()
                        + " h ahead of this server's clock, stream '" + stream + "'.",
                "Correct its time, or the clock; events of the past are taken at any age.");
    }

    public static Malformed badStream(String why, String advice) {
        return new Malformed("bad-stream", "Not acceptable: " + why + ".", advice);
    }

    public static Malformed badPosition(String text) {
        return new Malformed("bad-position", "'" + text + "' is not of the form stream/partition/offset.", "");
    }

    public static Malformed badOffset(StreamPartition partition, long offset, long end) {
        return new Malformed(
                "bad-offset",
                "Offset " + offset + " of " + partition + " is outside 0 to " + end + ", the end of the partition.",
                "Maybe it belongs to another log.");
    }

    public static UnknownStream unknownStream(String name, Collection<String> known) {
        return new UnknownStream("There is no stream '" + name + "'.", Suggest.near(name, known));
    }

    public static UnknownStream unknownPartition(StreamPartition partition, int partitions) {
        return new UnknownStream(
                "There is no partition " + partition + ".",
                "Stream '" + partition.stream() + "' has partitions 0 to " + (partitions - 1) + ".");
    }

    public static StreamConflict partitionsDiffer(String name, int there, int asked) {
        return new StreamConflict(
                "Stream '" + name + "' has " + there + " partitions, not " + asked + ".",
                "The number is fixed, since the order of a subject's events depends on it; copy the events into a new"
                        + " stream to change it.");
    }

    public static StreamConflict reservedName(String name) {
        return new StreamConflict(
                "'" + name + "' is the name of a system stream.",
                "Names that end in '" + DeadLetter.SUFFIX + "' hold dead letters.");
    }

    public static Overloaded overloaded(int queuedBatches, long queuedBytes) {
        return new Overloaded(
                "The event log has " + queuedBatches + " batches of " + queuedBytes
                        + " bytes waiting to be synced and takes no more.",
                "Append again a little later; maybe the disk is slow, or larger batches would help.");
    }

    public static TooLarge eventTooLarge(String id, long bytes, long most) {
        return new TooLarge(
                "Event '" + id + "' has " + bytes + " bytes, more than " + most + ".",
                "Keep large content outside and put a reference into the event.");
    }

    public static TooLarge batchTooLarge(long bytes, long most) {
        return new TooLarge(
                "The batch has " + bytes + " bytes, more than " + most + ".", "Split it into smaller batches.");
    }

    public static Expired expired(Position from, long start) {
        return new Expired(
                "Offset " + from.offset() + " of " + from.streamPartition() + " is past its retention.",
                "The first event still kept has offset " + start + ".");
    }

    public static PartitionMoved moved(StreamPartition partition, String group) {
        return new PartitionMoved(
                "Partition " + partition + " belongs to another member of group '" + group + "'.",
                "Poll again: the events that were not committed go to the new owner.");
    }

    public static WriteFailed writeFailed(String why, boolean full, Throwable cause) {
        return new WriteFailed(
                "The event log could not write: " + why + ".",
                full
                        ? "The disk is full: free some space and append again under the same ids; nothing acknowledged is lost."
                        : "Append again under the same ids; if it goes on, look at the disk.",
                cause);
    }

    public static Corrupt corrupt(String where, String why, @Nullable Throwable cause) {
        return new Corrupt(
                "The event log is damaged at " + where + ": " + why + ".",
                "Restore a checkpoint, or run the log's verification to see the extent.",
                cause);
    }

    public static Closed closed(String what) {
        return new Closed(what);
    }
}
