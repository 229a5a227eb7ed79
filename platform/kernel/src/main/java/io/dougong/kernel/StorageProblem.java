package io.dougong.kernel;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The home folder or a file in it cannot be used: locked, full, unreadable, corrupt, or written by a newer release. */
public final class StorageProblem extends Problem {

    private static final int SHOWN = 20;
    private static final int DEEPEST = 20;
    /** Extended result codes hold their kind in the lowest byte. */
    private static final int PRIMARY_CODE = 0xff;

    private static final Set<Integer> DISK = Set.of(
            SQLiteErrorCode.SQLITE_FULL.code,
            SQLiteErrorCode.SQLITE_IOERR.code,
            SQLiteErrorCode.SQLITE_CANTOPEN.code,
            SQLiteErrorCode.SQLITE_READONLY.code,
            SQLiteErrorCode.SQLITE_BUSY.code);

    private StorageProblem(Kind kind, String code, String message, String advice, @Nullable Throwable cause) {
        super(kind, code, message, advice, cause);
    }

    public static StorageProblem locked(String folder, String holder) {
        return new StorageProblem(
                Kind.CONFLICT,
                "home-locked",
                "The folder " + folder + " is in use by another Dougong process" + holder + ".",
                "Stop it, or start this one with another --home.",
                null);
    }

    public static StorageProblem unreadable(String path, Throwable cause) {
        return new StorageProblem(
                Kind.UNAVAILABLE,
                "storage-unavailable",
                "Could not read or write " + path + ": " + cause.getMessage() + ".",
                "Maybe the disk is full or the folder is not writable.",
                cause);
    }

    /** If it is the disk that is behind a failure: full, broken, read-only, or a database that another process holds. */
    public static Optional<StorageProblem> behind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            if (cause instanceof SQLiteException database && DISK.contains(primary(database))) {
                return Optional.of(unreadable("the metadata database", cause));
            }
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).contains("No space left")) {
                return Optional.of(unreadable("the home folder", cause));
            }
        }
        return Optional.empty();
    }

    private static int primary(SQLiteException failed) {
        return failed.getResultCode().code & PRIMARY_CODE;
    }

    public static StorageProblem corrupt(String what, String where, String advice) {
        return new StorageProblem(
                Kind.CORRUPT, "storage-corrupt", what + " is damaged at " + where + ".", advice, null);
    }

    /** The file that names the folder's layout does not. */
    public static StorageProblem badFormat(String file, String text, int known) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return new StorageProblem(
                Kind.CORRUPT,
                "bad-format",
                file + " holds '" + shown + "' where the number of the folder's format belongs.",
                "Is this the right folder? If it is, restore a backup; a folder of this release has the number " + known
                        + " there.",
                null);
    }

    public static StorageProblem halfRestored(String folder) {
        return new StorageProblem(
                Kind.CONFLICT,
                "half-restored",
                "A restore into " + folder + " was cut short; it does not hold the whole backup.",
                "Run the restore again: it begins anew.",
                null);
    }

    public static StorageProblem newerFormat(String path, int found, int known) {
        return new StorageProblem(
                Kind.CONFLICT,
                "newer-format",
                path + " was written in format " + found + "; this release reads formats up to " + known + ".",
                "Start the release that wrote it, or a newer one.",
                null);
    }
}
