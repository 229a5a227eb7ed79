package io.dougong.apps.tabular;

import io.dougong.decisions.Reason;
import io.dougong.learn.Evaluation;
import io.dougong.models.Task;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A report as a person reads it. */
final class Story {

    private static final int MATRIX_CLASSES = 10;
    private static final int BAR = 30;

    private final PrintStream out;

    Story(PrintStream out) {
        this.out = out;
    }

    void tell(Report report) {
        label(report);
        columns(report);
        models(report);
        drivers(report);
        fairness(report);
        groups(report);
        example(report);
        line("");
        line("Manifest: %s (edit it, then 'dougong apply' it)", report.manifest());
        line("Data:     %s", report.home());
        line("%.1f s from the file to a registered model.", report.seconds());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private void label(Report report) {
        line("");
        Double share = report.positiveShare();
        if (share != null) {
            line(
                    "Label '%s': %s, predicted is '%s' (%.1f %% of the rows).",
                    report.label(), report.task(), report.classes().getFirst(), 100 * share);
        } else {
            line(
                    "Label '%s': %s%s.",
                    report.label(),
                    report.task(),
                    report.classes().isEmpty() ? "" : ", " + report.classes().size() + " classes");
        }
        line(
                "Split by %s: %,d rows to train, %,d to calibrate, %,d to test.",
                report.split().by().equals("time") ? "time, older rows first" : "a hash of the row",
                report.split().train(),
                report.split().calibrate(),
                report.split().test());
    }

    private void columns(Report report) {
        List<Finding> left = report.findings().stream()
                .filter(finding -> finding.left() && finding.code() != Finding.Code.LABEL)
                .toList();
        List<Finding> noted =
                report.findings().stream().filter(finding -> !finding.left()).toList();
        if (!left.isEmpty()) {
            line("");
            line("Not given to the models:");
            left.forEach(finding -> line("  %-24s %s", finding.column(), finding.why()));
        }
        if (!noted.isEmpty()) {
            line("");
            line("Worth knowing:");
            noted.forEach(finding -> line("  %-24s %s", finding.column(), finding.why()));
        }
    }

    private void models(Report report) {
        line("");
        line("Quality on the test rows, with 95 %% intervals:");
        Yardstick yardstick = yardstick(report);
        line("  %-10s %s", "", yardstick.heading());
        for (Report.Candidate model : report.models()) {
            line("  %-10s %s", model.name(), yardstick.row(model.metrics()));
        }
        for (Report.Crossed model : report.crossed()) {
            line("  %-10s %s", model.name(), yardstick.row(model.metrics()) + " " + model.folds() + " folds, all rows");
        }
        line("Chosen: %s.", report.choice().words());
        report.models().stream()
                .filter(model -> model.name().equals(report.choice().chosen()))
                .forEach(model -> more(report, model));
    }

    private static Yardstick yardstick(Report report) {
        return Yardstick.of(Task.valueOf(report.task().toUpperCase(Locale.ROOT)));
    }

    private void more(Report report, Report.Candidate chosen) {
        if (report.positiveShare() == null) {
            line(
                    "Of %s %s held the truth.",
                    report.classes().isEmpty()
                            ? "its 90 %% intervals".replace("%%", "%")
                            : "its sets of plausible classes",
                    Yardstick.text(chosen.coverage()));
        }
        Evaluation.Matrix matrix = chosen.matrix();
        if (matrix != null && matrix.classes().size() <= MATRIX_CLASSES) {
            line("");
            line("What was (row) and what was the most probable (column):");
            line("  %-16s %s", "", cells(matrix.classes()));
            for (int row = 0; row < matrix.classes().size(); row++) {
                line(
                        "  %-16s %s",
                        matrix.classes().get(row), cells(matrix.counts().get(row)));
            }
        }
    }

    private static String cells(List<?> values) {
        return String.join(
                " ",
                values.stream()
                        .map(value -> "%12.12s".formatted(value.toString()))
                        .toList());
    }

    private void drivers(Report report) {
        line("");
        line(
                "What drives it (mean absolute contribution to %s):",
                report.task().equals(Task.REGRESSION.label()) ? "the value" : "the log-odds");
        double most = report.drivers().stream()
                .mapToDouble(Scores.Driver::meanAbsolute)
                .max()
                .orElse(1);
        for (Scores.Driver driver : report.drivers()) {
            int length = (int) Math.round(BAR * driver.meanAbsolute() / Math.max(most, 1e-12));
            line("  %-24s %.3f %s", driver.feature(), driver.meanAbsolute(), "█".repeat(length));
        }
    }

    private void fairness(Report report) {
        if (report.fairness().isEmpty()) {
            return;
        }
        line("");
        line(
                "Fairness (favourable is '%s'; 0 is even):",
                report.fairness().getFirst().favourable());
        for (Fairness each : report.fairness()) {
            line(
                    "  %s %s against %s: statistical parity %s, equal opportunity %s (%,d rows)",
                    each.column(),
                    each.group(),
                    each.reference(),
                    difference(each.parity()),
                    difference(each.opportunity()),
                    each.rows());
        }
    }

    private void groups(Report report) {
        if (report.groups().isEmpty()) {
            return;
        }
        line("");
        line("Groups on the test rows (differences with 95 %% intervals; 0 is even):");
        for (GroupFigures each : report.groups()) {
            line("  %s %s against %s (%,d rows)", each.column(), each.group(), each.reference(), each.rows());
            each.differences()
                    .forEach((name, value) -> line("    %-20s %s", name.replace('_', ' '), difference(value)));
        }
    }

    private static String difference(Fairness.Difference difference) {
        boolean large = Math.max(Math.abs(difference.low()), Math.abs(difference.high())) >= 100;
        String format = large ? "%+,.0f [%+,.0f, %+,.0f]" : "%+.3f [%+.3f, %+.3f]";
        return String.format(Locale.ROOT, format, difference.value(), difference.low(), difference.high());
    }

    private void example(Report report) {
        Report.Example example = report.example();
        line("");
        line("One decision: %s %s, because", example.outcome(), example.answer());
        for (Reason reason : example.reasons()) {
            line("  %+.2f  %s", reason.contribution(), reason.english());
            line("         %s", reason.chinese());
        }
    }
}
