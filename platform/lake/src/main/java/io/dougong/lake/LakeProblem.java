package io.dougong.lake;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the lake cannot do, or refuses to. */
public abstract sealed class LakeProblem extends Problem {

    private LakeProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    /** A request that contradicts the table or the rules. */
    public static final class Refused extends LakeProblem {
        private Refused(Kind kind, String code, String message, String advice) {
            super(kind, code, message, advice, null);
        }
    }

    /** No such table or snapshot. */
    public static final class Missing extends LakeProblem {
        private Missing(String code, String message, String advice) {
            super(Kind.NOT_FOUND, code, message, advice, null);
        }
    }

    /** A snapshot that was there once. */
    public static final class Expired extends LakeProblem {
        private Expired(String message, String advice) {
            super(Kind.GONE, "snapshot-expired", message, advice, null);
        }
    }

    /** Offsets that no snapshot has reached. */
    public static final class NotCovered extends LakeProblem {
        private NotCovered(String message) {
            super(Kind.UNAVAILABLE, "not-yet-in-lake", message, "Wait for the sink to catch up.", null);
        }
    }

    /** Somebody else has appended since the writer began. */
    public static final class OffsetsMoved extends LakeProblem {
        private final transient Offsets committed;

        private OffsetsMoved(String message, Offsets committed) {
            super(
                    Kind.CONFLICT,
                    "offsets-moved",
                    message,
                    "Maybe this append had succeeded already, or another writer took over: go on from the table's offsets.",
                    null);
            this.committed = committed;
        }

        /** Where the table is. */
        public Offsets committed() {
            return committed;
        }
    }

    /** The catalog failed during a commit: it may have happened or not. */
    public static final class CommitUnknown extends LakeProblem {
        private CommitUnknown(String table, Throwable cause) {
            super(
                    Kind.UNAVAILABLE,
                    "commit-unknown",
                    "The catalog failed while table '" + table + "' was committed: " + cause.getMessage() + ".",
                    "Compare the table's offsets before repeating; maybe the disk is full.",
                    cause);
        }
    }

    /** SQL that is wrong or not allowed; line and column count from 1, and are 0 if not known. */
    public static final class BadQuery extends LakeProblem {
        private final int line;
        private final int column;

        private BadQuery(String code, String message, String advice, int line, int column) {
            super(Kind.BAD_INPUT, code, message + at(line, column), advice, null);
            this.line = line;
            this.column = column;
        }

        private static String at(int line, int column) {
            return line == 0 ? "" : " (line " + line + ", column " + column + ")";
        }

        public int line() {
            return line;
        }

        public int column() {
            return column;
        }
    }

    /** A query that needs more than it may use, or too many at once. */
    public static final class Exhausted extends LakeProblem {
        private Exhausted(Kind kind, String code, String message, String advice) {
            super(kind, code, message, advice, null);
        }
    }

    /** A file that is damaged, missing or unreadable. */
    public static final class Unreadable extends LakeProblem {
        private Unreadable(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
            super(kind, code, message, advice, cause);
        }
    }

    public static Missing unknownTable(String name, Collection<String> known) {
        return new Missing("unknown-table", "There is no table '" + name + "'.", Suggest.near(name, known));
    }

    public static Missing unknownSnapshot(String table, long id) {
        return new Missing(
                "unknown-snapshot",
                "Table '" + table + "' never had a snapshot " + id + ".",
                "Its snapshots are listed with the table.");
    }

    public static Expired expired(String table, long id) {
        return new Expired(
                "Table '" + table + "' has no snapshot " + id + " any more.",
                "Maybe it has expired: keep snapshots longer if old decisions must be recomputed.");
    }

    public static Expired coveringExpired(String table, Offsets offsets) {
        return new Expired(
                "The first snapshot of table '" + table + "' that covers " + offsets.asText() + " has expired.",
                "Keep snapshots longer if old decisions must be recomputed.");
    }

    public static Expired nothingAt(String table, String when) {
        return new Expired("Table '" + table + "' has no snapshot as old as " + when + ".", "Maybe it has expired.");
    }

    public static NotCovered notCovered(String table, Offsets wanted, Offsets reached) {
        return new NotCovered(
                "Table '" + table + "' has taken in " + reached.asText() + ", not yet " + wanted.asText() + ".");
    }

    public static OffsetsMoved offsetsMoved(String table, Offsets from, Offsets committed) {
        return new OffsetsMoved(
                "The append to table '" + table + "' started from " + from.asText() + ", but the table is at "
                        + committed.asText() + ": nothing was added.",
                committed);
    }

    public static CommitUnknown commitUnknown(String table, Throwable cause) {
        return new CommitUnknown(table, cause);
    }

    public static Refused badName(String name) {
        return new Refused(
                Problem.Kind.BAD_INPUT,
                "bad-table-name",
                "'" + name + "' cannot name a table.",
                "Use a lower-case letter, then lower-case letters, digits and underscores, 64 at most.");
    }

    public static Refused noProgress(String table, Offsets from, Offsets to) {
        return new Refused(
                Problem.Kind.BAD_INPUT,
                "offsets-not-ahead",
                "An append of rows to table '" + table + "' must move its offsets forward; it goes from "
                        + from.asText() + " to " + to.asText() + ".",
                "Rows from no stream need a made-up one, e.g. 'import:file.parquet/0'.");
    }

    public static Refused badRow(String table, long place, String why) {
        return new Refused(
                Problem.Kind.BAD_INPUT,
                "row-does-not-fit",
                "Row " + place + " of the append does not fit table '" + table + "': " + why + ".",
                "Nothing was added.");
    }

    public static Refused incompatible(String table, String why) {
        return new Refused(
                Problem.Kind.CONFLICT,
                "incompatible-schema",
                "Table '" + table + "' cannot take this schema: " + why + ".",
                "Fields may be added as optional, and required fields become optional; otherwise make a new table.");
    }

    public static Refused changedMeanwhile(String table, String operation) {
        return new Refused(
                Problem.Kind.CONFLICT,
                "table-changed",
                "Table '" + table + "' was changed by others during " + operation + ".",
                "Try again.");
    }

    public static BadQuery badQuery(String message, String advice, int line, int column) {
        return new BadQuery("bad-query", message, advice, line, column);
    }

    public static BadQuery forbiddenQuery(String message, String advice, int line, int column) {
        return new BadQuery("query-not-allowed", message, advice, line, column);
    }

    public static Exhausted tooSlow(long timeoutMillis) {
        return new Exhausted(
                Problem.Kind.TOO_LARGE,
                "query-timeout",
                "The query was stopped after " + timeoutMillis + " ms.",
                "Maybe a narrower time range or fewer joins will do.");
    }

    public static Exhausted tooBig(String detail) {
        return new Exhausted(
                Problem.Kind.TOO_LARGE,
                "query-too-large",
                "The query needs more memory or disk than it may use: " + detail + ".",
                "Maybe a narrower time range or fewer groups will do.");
    }

    public static Exhausted tooMany(String what, int most) {
        return new Exhausted(
                Problem.Kind.OVERLOADED,
                "lake-busy",
                "There are " + most + " " + what + " open already.",
                "Try again in a moment.");
    }

    public static Unreadable corrupt(String file, String table, @Nullable Throwable cause) {
        return new Unreadable(
                Problem.Kind.CORRUPT,
                "lake-file-corrupt",
                "File " + file + " of table '" + table + "' is damaged or missing"
                        + (cause == null ? "" : ": " + cause.getMessage()) + ".",
                "Restore it from a backup, or rebuild the table from the log.",
                cause);
    }

    public static Unreadable foreign(String file, String why) {
        return new Unreadable(
                Problem.Kind.BAD_INPUT, "file-unreadable", "File " + file + " cannot be read: " + why + ".", "", null);
    }
}
