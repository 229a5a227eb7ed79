package io.dougong.apps.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("t.csv"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<String>> rows(Table table) {
        List<List<String>> rows = new ArrayList<>();
        table.read((_, values) -> rows.add(new ArrayList<>(Arrays.asList(values))));
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFoundAndQuotedOnesDoNotCount(String delimiter) throws IOException {
        String text = String.join(delimiter, "name", "amount", "note") + "\n"
                + String.join(delimiter, "Ann", "1.5", "\"a, b; c\td | e\"") + "\n"
                + String.join(delimiter, "Bob", "2", "\"two\nlines\"") + "\n";

        Table table = DelimitedTable.open(file(text), null, null);

        assertThat(table.header()).containsExactly("name", "amount", "note");
        assertThat(rows(table))
                .containsExactly(List.of("Ann", "1.5", "a, b; c\td | e"), List.of("Bob", "2", "two\nlines"));
    }

    @Test
    void aFirstRowWithANumberIsNoHeader() throws IOException {
        Table table = DelimitedTable.open(file("1,red\n2,blue\n"), null, null);

        assertThat(table.header()).containsExactly("column_1", "column_2");
        assertThat(rows(table)).hasSize(2);
    }

    @Test
    void aByteOrderMarkAndBlanksAreNoPartOfANameAndMissingValuesAreNull() throws IOException {
        Table table = DelimitedTable.open(file("\uFEFFa, b\n NA ,2\n1,\n"), null, null);

        assertThat(table.header()).containsExactly("a", "b");
        assertThat(rows(table)).containsExactly(Arrays.asList(null, "2"), Arrays.asList("1", null));
    }

    @Test
    void aShortRowIsRefusedWithItsLine() throws IOException {
        Table table = DelimitedTable.open(file("a,b,c\n1,2,3\n\"x\ny\",2\n1,2,3\n"), null, null);

        assertThatThrownBy(() -> rows(table))
                .isInstanceOf(TableProblem.class)
                .hasMessageContaining("line 3: the row has 2 fields, the header 3");
    }

    @Test
    void westernTextIsReadAndAWrongEncodingIsRefusedWithItsLine() throws IOException {
        Path western =
                Files.write(folder.resolve("w.csv"), "name,x\nJosé,1\n".getBytes(Charset.forName("windows-1252")));

        assertThat(rows(DelimitedTable.open(western, null, null)).getFirst()).contains("José");
        assertThatThrownBy(() -> rows(DelimitedTable.open(western, null, StandardCharsets.UTF_8)))
                .isInstanceOf(TableProblem.class)
                .hasMessageContaining("line ")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void datesOfSeveralKindsAreReadAndOthersAreNot() {
        assertThat(kind("2024-02-29", "2023-12-01")).isEqualTo(Kind.TIMESTAMP);
        assertThat(kind("2024-02-29T10:00:00Z", "2024-02-29T10:00:00.5+08:00")).isEqualTo(Kind.TIMESTAMP);
        assertThat(kind("2024-02-29 10:00", "2023-12-01 09:30:15")).isEqualTo(Kind.TIMESTAMP);
        assertThat(kind("31.12.2023", "1.1.2024")).isEqualTo(Kind.TIMESTAMP);
        assertThat(kind("12/31/2023", "1/2/2024")).isEqualTo(Kind.TIMESTAMP);
        assertThat(kind("31/12/2023", "1/2/2024")).isEqualTo(Kind.TIMESTAMP);
        assertThat(kind("2024-02-30", "2024-02-01")).isEqualTo(Kind.CATEGORY);
    }

    @Test
    void typesFollowTheValues() {
        assertThat(kind("1", "-20", "300")).isEqualTo(Kind.INTEGER);
        assertThat(kind("1", "2.5", "1e3")).isEqualTo(Kind.NUMBER);
        assertThat(kind("yes", "no", "yes")).isEqualTo(Kind.BOOLEAN);
        assertThat(kind("red", "blue", "7")).isEqualTo(Kind.CATEGORY);
        assertThat(kind("007", "01234")).isEqualTo(Kind.NUMBER);
    }

    @Test
    void fewSlipsAmongManyNumbersCountAsMissingAndTheFirstIsNamed() {
        ColumnProfile column = new ColumnProfile("amount");
        for (int i = 0; i < 1000; i++) {
            column.take(i + 2, i == 500 ? "12x" : Integer.toString(i));
        }

        assertThat(column.kind()).isEqualTo(Kind.INTEGER);
        assertThat(column.odds()).isEqualTo(1);
        assertThat(column.odd()).isEqualTo(new ColumnProfile.Odd(502, "12x"));
        assertThat(column.parsed("12x", Kind.INTEGER)).isNull();
    }

    private static Kind kind(String... values) {
        ColumnProfile column = new ColumnProfile("x");
        for (int i = 0; i < values.length; i++) {
            column.take(i + 2, values[i]);
        }
        return column.kind();
    }
}
