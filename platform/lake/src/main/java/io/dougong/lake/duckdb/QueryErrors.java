package io.dougong.lake.duckdb;

import io.dougong.lake.LakeProblem;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DuckDB's errors as problems, with the place in the query. */
final class QueryErrors {

    /** Counted from 1; 0 if not known. */
    record Place(int line, int column) {
        static final Place UNKNOWN = new Place(0, 0);
    }

    private static final Pattern POINTER = Pattern.compile("\\R\\R?LINE (\\d+): (.*)\\R( *)\\^", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("[\"'](/[^\"']+\\.parquet)[\"']");
    private static final String CUT = "...";

    private QueryErrors() {}

    /** @param position a byte of the query, or below 0 if not known */
    static Place place(String sql, int position) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        if (position < 0 || position > bytes.length) {
            return Place.UNKNOWN;
        }
        String before = new String(bytes, 0, position, StandardCharsets.UTF_8);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new Place(line, before.length() - (before.lastIndexOf('\n') + 1) + 1);
    }

    static LakeProblem at(String sql, String message, int position) {
        Place place = place(sql, position);
        return LakeProblem.badQuery(first(message), "", place.line(), place.column());
    }

    /** What went wrong while a query was running over the lake. */
    static LakeProblem of(String sql, SQLException failed, @Nullable Long timeoutMillis) {
        String message = String.valueOf(failed.getMessage());
        if (timeoutMillis != null) {
            return LakeProblem.tooSlow(timeoutMillis);
        }
        if (message.startsWith("Out of Memory")) {
            return LakeProblem.tooBig(first(message));
        }
        Matcher file = FILE.matcher(message);
        if (file.find() && (message.startsWith("IO Error") || message.startsWith("Invalid Input"))) {
            return LakeProblem.corrupt(file.group(1), "the query", failed);
        }
        Place place = pointed(sql, message);
        return LakeProblem.badQuery(first(message), hint(message), place.line(), place.column());
    }

    private static Place pointed(String sql, String message) {
        Matcher pointer = POINTER.matcher(message);
        if (!pointer.find()) {
            return Place.UNKNOWN;
        }
        int line = Integer.parseInt(pointer.group(1));
        String shown = pointer.group(2);
        int offset = pointer.group(3).length() - ("LINE " + line + ": ").length();
        if (!shown.startsWith(CUT)) {
            return new Place(line, offset + 1);
        }
        String kept = shown.substring(CUT.length(), shown.length() - (shown.endsWith(CUT) ? CUT.length() : 0));
        String whole = sql.lines().skip(line - 1L).findFirst().orElse("");
        int start = whole.indexOf(kept);
        return start < 0 ? Place.UNKNOWN : new Place(line, start + offset - CUT.length() + 1);
    }

    private static String first(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith("!") || line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static String hint(String message) {
        return message.lines()
                .filter(line -> line.startsWith("Did you mean") || line.startsWith("Candidate"))
                .findFirst()
                .map(String::strip)
                .orElse("");
    }
}
