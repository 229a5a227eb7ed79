package io.dougong.apps.creditrisk;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A table of past loans.
 *
 * @param application whose manifest says which columns become fields
 * @param labelColumn the column that says what became of a loan
 * @param renamed column to field, where it is not the column in lower case
 */
record Book(String application, Path csv, Path manifest, String labelColumn, Map<String, String> renamed) {

    static final Path FOLDER = Path.of("apps", "credit-risk");

    /** 4,454 consumer credits, 28 % bad. */
    static Book creditData(Path folder) {
        return new Book(
                "credit-risk",
                folder.resolve("data").resolve("credit_data.csv"),
                folder.resolve("app.yaml"),
                "Status",
                Map.of("Time", "term"));
    }

    /** 9,857 LendingClub loans, 5 % bad. */
    static Book lendingClub(Path folder) {
        return new Book(
                "lending-club",
                folder.resolve("data").resolve("lending_club.csv"),
                folder.resolve("lending-club.yaml"),
                "Class",
                Map.of());
    }

    /** 1,000 German credits, 30 % bad. */
    static Book germanCredit(Path folder) {
        return new Book(
                "german-credit",
                folder.resolve("data").resolve("german_credit.csv"),
                folder.resolve("studies").resolve("german.yaml"),
                "class",
                Map.of());
    }

    /** Whether a value of the label column means that the loan went bad. */
    boolean bad(String label) {
        return label.equals("bad");
    }

    String field(String column) {
        return renamed.getOrDefault(column, column.toLowerCase(Locale.ROOT));
    }
}
