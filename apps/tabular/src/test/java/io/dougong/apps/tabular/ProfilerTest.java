package io.dougong.apps.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerTest {

    @TempDir
    Path folder;

    private Options options(Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), "--label", "bad"));
        arguments.addAll(List.of(more));
        return Options.parse(arguments);
    }

    /** A table with everything that a model should not be given. */
    private Path table() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("id,income,income_again,country,status_after,comment,age,bad,noted\n");
        for (int i = 0; i < 2_000; i++) {
            int income = random.nextInt(100_000);
            boolean bad = random.nextInt(100_000) > income;
            text.append("c")
                    .append(i)
                    .append(',')
                    .append(income)
                    .append(',')
                    .append(income)
                    .append(",CN,")
                    .append(bad ? "written off" : "paid")
                    .append(",\"")
                    .append(Long.toHexString(random.nextLong()))
                    .append(" text\",")
                    .append(20 + random.nextInt(50))
                    .append(',')
                    .append(bad ? 1 : 0)
                    .append(",2024-01-")
                    .append(1 + i % 28 < 10 ? "0" : "")
                    .append(1 + i % 28)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("t.csv"), text.toString());
    }

    private Profile profile(String... more) throws IOException {
        Path file = table();
        return Profiler.of(DelimitedTable.open(file, null, null), options(file, more));
    }

    @Test
    void whatAModelMustNotSeeIsLeftOutAndTheReasonGiven() throws IOException {
        Profile profile = profile("--protected", "age");

        Map<String, Finding.Code> left = profile.findings().stream()
                .filter(Finding::left)
                .collect(Collectors.toMap(Finding::column, Finding::code));
        assertThat(left)
                .containsEntry("id", Finding.Code.ID_LIKE)
                .containsEntry("income_again", Finding.Code.DUPLICATE)
                .containsEntry("country", Finding.Code.CONSTANT)
                .containsEntry("status_after", Finding.Code.LEAK)
                .containsEntry("comment", Finding.Code.ID_LIKE)
                .containsEntry("age", Finding.Code.PROTECTED)
                .containsEntry("bad", Finding.Code.LABEL)
                .containsEntry("noted", Finding.Code.TIME);
        assertThat(profile.features()).containsExactly("income");
    }

    @Test
    void aLeakIsNamedWithItsFigureAndStaysIfAsked() throws IOException {
        Finding leak = profile().findings().stream()
                .filter(finding -> finding.code() == Finding.Code.LEAK)
                .findFirst()
                .orElseThrow();

        assertThat(leak.why()).contains("AUC 1.000");
        assertThat(profile("--keep", "status_after").features()).contains("status_after");
    }

    @Test
    void anUnknownColumnIsRefusedWithTheNearName() {
        assertThatThrownBy(() -> profile("--protected", "agee"))
                .isInstanceOf(TableProblem.class)
                .hasMessageContaining("no column 'agee' for --protected")
                .extracting(problem -> ((TableProblem) problem).advice())
                .asString()
                .contains("age");
    }

    @Test
    void aColumnThatTellsOnlyInTheMiddleOfItsRangeIsStrong() {
        Random random = new Random(5);
        String[] values = new String[4_000];
        boolean[] labels = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = random.nextDouble();
            values[i] = Double.toString(value);
            labels[i] = Math.abs(value - 0.5) < 0.2;
        }

        assertThat(Strength.auc(values, true, labels)).isGreaterThan(0.95);
        assertThat(Strength.auc(shuffled(values), true, labels)).isBetween(0.4, 0.6);
    }

    private static String[] shuffled(String[] values) {
        List<String> list = new ArrayList<>(List.of(values));
        java.util.Collections.shuffle(list, new Random(6));
        return list.toArray(String[]::new);
    }

    @Test
    void withoutATimeRowsAreSplitByContentSoThatEqualRowsStayTogetherAndOthersStayWhenSomeAreAdded()
            throws IOException {
        Path small = Files.writeString(folder.resolve("s.csv"), body(300));
        Path large = Files.writeString(folder.resolve("l.csv"), body(600));
        Timeline first = timeline(small);
        Timeline second = timeline(large);
        String[] row = {"17", "34", "x"};
        String[] same = {"17", "34", "y"};

        assertThat(first.micros(row)).isEqualTo(first.micros(same)).isEqualTo(second.micros(row));
        assertThat(first.trainShare()).isEqualTo(Timeline.TRAIN);
    }

    private static String body(int rows) {
        StringBuilder text = new StringBuilder("a,b,bad\n");
        for (int i = 0; i < rows; i++) {
            text.append(i % 50)
                    .append(',')
                    .append(i * 2)
                    .append(',')
                    .append(i % 3 == 0 ? "yes" : "no")
                    .append('\n');
        }
        return text.toString();
    }

    private Timeline timeline(Path file) {
        Options options = options(file);
        Table table = DelimitedTable.open(file, null, null);
        return Timeline.of(table, Profiler.of(table, options), options.seed());
    }
}
