package io.dougong.flow;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Shape;
import java.util.List;
import java.util.Map;

/** Steps {@code sql: …}: a query whose rows become the output {@code rows}, the first of them also {@code row}. */
public final class SqlKind implements StepKind {

    private static final int USUAL_ROWS = 100;
    private static final int MOST_ROWS = 10_000;

    private final Source source;

    /** What answers queries. */
    @FunctionalInterface
    public interface Source {
        List<Map<String, Object>> query(String sql, int mostRows);
    }

    public SqlKind(Source source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String brief() {
        return "query";
    }

    @Override
    public boolean needsPlatformThread() {
        return true;
    }

    @Override
    public Shape settings() {
        return new Shape.Keys(
                "a query",
                List.of(
                        required("query", new Shape.Text("a query", "^[\\s\\S]{1,100000}$", ""), "SQL over the lake."),
                        optional("most", new Shape.Whole(1, MOST_ROWS), "How many rows are kept.", USUAL_ROWS)));
    }

    @Override
    public StepOutcome run(StepContext context) {
        int most = context.settings().get("most") instanceof Long rows ? rows.intValue() : USUAL_ROWS;
        List<Map<String, Object>> rows =
                source.query(String.valueOf(context.settings().get("query")), most);
        context.log(rows.size() + " rows");
        return StepOutcome.done(Map.of("rows", rows, "row", rows.isEmpty() ? Map.of() : rows.getFirst()));
    }
}
