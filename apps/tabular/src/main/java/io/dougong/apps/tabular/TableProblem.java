package io.dougong.apps.tabular;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Why a table cannot be read or learned from, with line and column where there is one. */
public final class TableProblem extends Problem {

    private TableProblem(String code, String message, String advice, @Nullable Throwable cause) {
        super(Kind.BAD_INPUT, code, message, advice, cause);
    }

    static TableProblem missing(Path file) {
        return new TableProblem("no-such-file", "There is no file " + file + ".", "Maybe the path is wrong.", null);
    }

    static TableProblem unreadable(Path file, Throwable cause) {
        return new TableProblem(
                "unreadable-file", "Could not read " + file + ": " + cause.getMessage() + ".", "", cause);
    }

    static TableProblem empty(Path file) {
        return new TableProblem(
                "empty-table", file + " holds no rows.", "It needs a header and at least some rows below it.", null);
    }

    static TableProblem malformed(Path file, long line, String what, String advice) {
        return new TableProblem("malformed-table", file + ", line " + line + ": " + what, advice, null);
    }

    static TableProblem ragged(Path file, long line, int fields, int columns, char delimiter) {
        String extra = fields > columns
                ? "Maybe a text holds the delimiter '" + Dialect.shown(delimiter) + "' without quotes."
                : "Maybe a line break is inside a text without quotes.";
        return malformed(file, line, "the row has " + fields + " fields, the header " + columns + ".", extra);
    }

    static TableProblem notText(Path file, long line, String encoding) {
        return malformed(
                file,
                line,
                "a byte that is not " + encoding + " stands here or a little later.",
                "Name the encoding, e.g. --encoding windows-1252.");
    }

    static TableProblem badValue(Path file, long line, String column, String value, String wanted) {
        return new TableProblem(
                "bad-value",
                file + ", line " + line + ", column '" + column + "': '" + value + "' is not " + wanted + ".",
                "Correct the value, or leave the field empty.",
                null);
    }

    static TableProblem duplicateColumn(Path file, String column) {
        return new TableProblem(
                "duplicate-column", file + ", line 1: column '" + column + "' stands in the header twice.", "", null);
    }

    static TableProblem unknownColumn(String option, String column, Collection<String> known) {
        return new TableProblem(
                "unknown-column",
                "There is no column '" + column + "' for " + option + ".",
                known.contains(column) ? "" : near(column, known),
                null);
    }

    private static String near(String column, Collection<String> known) {
        String near = Suggest.near(column, known);
        return near.isEmpty() ? "The columns are " + String.join(", ", known) + "." : near;
    }

    /** The table as a whole does not allow what was asked. */
    static TableProblem unfit(String code, String message, String advice) {
        return new TableProblem(code, message, advice, null);
    }
}
