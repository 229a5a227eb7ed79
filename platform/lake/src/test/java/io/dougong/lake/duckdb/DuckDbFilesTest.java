package io.dougong.lake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Row;
import io.dougong.lake.ImportOrder;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.RowCursor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbFilesTest {

    @TempDir
    private Path folder;

    private DuckDbFiles files() {
        return new DuckDbFiles(DuckDbBudget.of(folder.resolve("spill")));
    }

    private static List<Object> column(List<Row> rows, String name) {
        return rows.stream()
                .map(row -> (Object) row.text(row.schema().place(name)))
                .toList();
    }

    @Test
    void csvIsReadWithTypesFromItsContent() throws Exception {
        Path csv = Files.writeString(
                folder.resolve("a'b.csv"),
                "code,n,x,day,at\nb,2,0.5,2001-01-02,2001-01-01 00:00:01\na,1,,2001-01-01,2001-01-01 00:00:00\n");
        RowCursor cursor = files().read(csv, ImportOrder.sortedBy("n"));
        assertThat(cursor.schema().fields().stream().map(field -> field.type()).toList())
                .containsExactly(
                        FieldType.STRING,
                        FieldType.INTEGER,
                        FieldType.NUMBER,
                        FieldType.TIMESTAMP,
                        FieldType.TIMESTAMP);
        List<Row> rows = cursor.toList();
        assertThat(column(rows, "code")).containsExactly("a", "b");
        assertThat(rows.getFirst().get("x")).isNull();
        assertThat(rows.getFirst().get("at")).isEqualTo(978_307_200_000_000L);
        assertThat(rows.getLast().get("day")).isEqualTo(978_393_600_000_000L);
    }

    @Test
    void parquetIsReadInItsOwnOrderOrSorted() throws Exception {
        Path parquet = folder.resolve("numbers.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select (i * 7919) % 50000 as n, i % 3 = 0 as third from range(50000) t(i)) to '"
                    + parquet + "'");
        }
        List<Row> rows = files().read(parquet, ImportOrder.ALL).toList();
        assertThat(rows).hasSize(50_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get(0)).isEqualTo(i * 7919L % 50_000);
        }
        List<Row> sorted = files().read(parquet, new ImportOrder(List.of("n"), List.of("n"), 1000))
                .toList();
        assertThat(sorted).hasSize(1000);
        assertThat(sorted.getLast().get(0)).isEqualTo(999L);
    }

    @Test
    void whatCannotBeReadIsSaidWithItsName() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.parquet"), "not parquet");
        Path other = Files.writeString(folder.resolve("data.xls"), "");
        for (Path file : List.of(bad, other, folder.resolve("missing.csv"), folder)) {
            assertThatThrownBy(() -> files().read(file, ImportOrder.ALL))
                    .isInstanceOf(LakeProblem.Unreadable.class)
                    .hasMessageContaining(file.toString());
        }
        Path csv = Files.writeString(folder.resolve("a.csv"), "code\na\n");
        assertThatThrownBy(() -> files().read(csv, ImportOrder.sortedBy("cod"))).isInstanceOf(InvalidValue.class);
    }
}
