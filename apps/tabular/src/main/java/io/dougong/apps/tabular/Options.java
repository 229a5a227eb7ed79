package io.dougong.apps.tabular;

import io.dougong.models.Task;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to try.
 *
 * @param guarded columns, or conditions like {@code age<=25}, by which fairness is measured and which no model sees
 * @param time column that orders the rows; null to look for one, empty to use none
 * @param drop columns that no model shall see
 * @param keep columns that stay although the profile would leave them out
 * @param home where everything goes
 * @param folds to cross-validate both models by; 0 for none
 */
record Options(
        Path file,
        String label,
        List<String> guarded,
        @Nullable String time,
        @Nullable Task task,
        @Nullable String positive,
        @Nullable String favourable,
        List<String> drop,
        List<String> keep,
        @Nullable Character delimiter,
        @Nullable Charset encoding,
        String name,
        Path home,
        boolean json,
        int folds,
        long seed) {

    private static final int LONGEST_NAME = 40;
    private static final int MOST_FOLDS = 50;
    private static final long USUAL_SEED = 7;

    Options {
        guarded = List.copyOf(guarded);
        drop = List.copyOf(drop);
        keep = List.copyOf(keep);
    }

    /** Collects what is given one by one. */
    private static final class Draft {
        private @Nullable Path file;
        private @Nullable String label;
        private final List<String> guarded = new ArrayList<>();
        private @Nullable String time;
        private @Nullable Task task;
        private @Nullable String positive;
        private @Nullable String favourable;
        private final List<String> drop = new ArrayList<>();
        private final List<String> keep = new ArrayList<>();
        private @Nullable Character delimiter;
        private @Nullable Charset encoding;
        private @Nullable String name;
        private @Nullable Path home;
        private boolean json;
        private int folds;
        private long seed = USUAL_SEED;
    }

    /** @throws IllegalArgumentException if something is missing or not known */
    static Options parse(List<String> arguments) {
        Draft draft = new Draft();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--json")) {
                draft.json = true;
            } else if (argument.startsWith("--")) {
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException("Option " + argument + " needs a value.");
                }
                take(draft, argument, rest.next());
            } else {
                draft.file = Path.of(argument);
            }
        }
        return of(draft);
    }

    private static void take(Draft draft, String option, String value) {
        switch (option) {
            case "--label" -> draft.label = value;
            case "--protected" -> draft.guarded.add(value);
            case "--time" -> draft.time = value;
            case "--task" -> draft.task = task(value);
            case "--positive" -> draft.positive = value;
            case "--favourable" -> draft.favourable = value;
            case "--drop" -> draft.drop.add(value);
            case "--keep" -> draft.keep.add(value);
            case "--delimiter" -> draft.delimiter = delimiter(value);
            case "--encoding" -> draft.encoding = Charset.forName(value);
            case "--name" -> draft.name = value;
            case "--home" -> draft.home = Path.of(value);
            case "--folds" -> draft.folds = folds(value);
            case "--seed" -> draft.seed = Long.parseLong(value);
            default -> throw new IllegalArgumentException("Unknown option '" + option + "'.");
        }
    }

    private static @Nullable Task task(String value) {
        if (value.equalsIgnoreCase("auto")) {
            return null;
        }
        for (Task task : Task.values()) {
            if (task.label().equals(value.toLowerCase(Locale.ROOT))) {
                return task;
            }
        }
        throw new IllegalArgumentException("--task is auto, binary, multiclass or regression, not '" + value + "'.");
    }

    private static int folds(String value) {
        int folds = value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : 0;
        if (folds < 2 || folds > MOST_FOLDS) {
            throw new IllegalArgumentException("--folds is 2 to " + MOST_FOLDS + ", not '" + value + "'.");
        }
        return folds;
    }

    private static char delimiter(String value) {
        if (value.equals("\\t") || value.equals("tab")) {
            return '\t';
        }
        if (value.length() != 1) {
            throw new IllegalArgumentException("--delimiter is one character or 'tab', not '" + value + "'.");
        }
        return value.charAt(0);
    }

    private static Options of(Draft draft) {
        if (draft.file == null || draft.label == null) {
            throw new IllegalArgumentException("A file and --label COLUMN are needed.");
        }
        String name = draft.name == null ? name(draft.file) : draft.name;
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "--name is small letters, digits and '-', beginning with a letter, not '" + name + "'.");
        }
        return new Options(
                draft.file,
                draft.label,
                draft.guarded,
                draft.time,
                draft.task,
                draft.positive,
                draft.favourable,
                draft.drop,
                draft.keep,
                draft.delimiter,
                draft.encoding,
                name,
                draft.home == null ? Path.of("target", "try", name) : draft.home,
                draft.json,
                draft.folds,
                draft.seed);
    }

    /** An application's name from the file's: {@code My Loans.csv} becomes {@code my-loans}. */
    static String name(Path file) {
        String base = String.valueOf(file.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.(gz|csv|tsv|txt|parquet)", "");
        String name = base.replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
        return name.isEmpty() ? "table" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }
}
