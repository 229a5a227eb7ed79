package io.dougong.apps.tabular;

import io.dougong.learn.CrossValidated;
import io.dougong.learn.Progress;
import io.dougong.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures both models on all rows, each row by models that have not seen it, and leaves what they said in {@code folds.csv}: line of the
 * file, fold, truth, and per model the probability of the positive class, of each class, or the number.
 */
final class FoldCheck {

    private final Node node;
    private final Options options;
    private final Label label;
    private final Steps steps;

    FoldCheck(Node node, Options options, Label label, Steps steps) {
        this.node = node;
        this.options = options;
        this.label = label;
        this.steps = steps;
    }

    /** Empty if none was asked for. */
    List<Report.Crossed> measured() {
        List<Report.Crossed> figures = new ArrayList<>();
        if (options.folds() == 0) {
            return figures;
        }
        List<CrossValidated> said = new ArrayList<>();
        Yardstick yardstick = Yardstick.of(label.task());
        for (String model : List.of(Draft.BOOSTED, Draft.LOGISTIC)) {
            steps.start(options.folds() + " folds of " + model);
            CrossValidated crossed = node.models().crossValidate(options.name(), model, options.folds(), Progress.NONE);
            said.add(crossed);
            figures.add(
                    new Report.Crossed(model, crossed.folds(), crossed.rows().size(), crossed.metrics()));
            steps.done("%s", yardstick.said(crossed.metrics()));
        }
        write(said.get(0), said.get(1));
        return figures;
    }

    private void write(CrossValidated boosted, CrossValidated logistic) {
        Path file = options.home().resolve("folds.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("line,fold,truth" + names(Draft.BOOSTED, boosted) + names(Draft.LOGISTIC, logistic) + "\n");
            for (int row = 0; row < boosted.rows().size(); row++) {
                CrossValidated.Row first = boosted.rows().get(row);
                out.write(first.key().substring(1) + "," + first.fold() + "," + truth(boosted, first) + values(first)
                        + values(logistic.rows().get(row)) + "\n");
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String names(String model, CrossValidated crossed) {
        if (crossed.classes().isEmpty()) {
            return "," + model;
        }
        StringBuilder names = new StringBuilder();
        crossed.classes().forEach(name -> names.append(',').append(quoted(model + " " + name)));
        return names.toString();
    }

    private String truth(CrossValidated crossed, CrossValidated.Row row) {
        return switch (label.task()) {
            case BINARY -> row.truth() == 1 ? "1" : "0";
            case MULTICLASS -> quoted(crossed.classes().get((int) row.truth()));
            case REGRESSION -> Float.toString(row.truth());
        };
    }

    private static String values(CrossValidated.Row row) {
        StringBuilder values = new StringBuilder();
        row.outputs().forEach(value -> values.append(String.format(Locale.ROOT, ",%.7g", value)));
        return values.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
