package io.dougong.kernel;

import org.jspecify.annotations.Nullable;

/** The home folder or a file in it cannot be used: locked, full, unreadable, corrupt, or written by a newer release. */
public final class StorageProblem extends Problem {

    private static final int SHOWN = 20;

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

    public static StorageProblem newerFormat(String path, int found, int known) {
        return new StorageProblem(
                Kind.CONFLICT,
                "newer-format",
                path + " was written in format " + found + "; this release reads formats up to " + known + ".",
                "Start the release that wrote it, or a newer one.",
                null);
    }
}
