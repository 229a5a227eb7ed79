package io.dougong.tracking;

import io.dougong.tracking.Comparison.Operand;
import io.dougong.tracking.Comparison.Operator;
import io.dougong.tracking.Comparison.Subject;
import java.util.List;
import java.util.Map;

/** Comparisons of runs as conditions in SQL, over {@code run r}. */
final class RunConditions {

    private static final String CONTEXT = "json_extract(rd.tags, '$.\"mlflow.data.context\"')";

    private static final Map<String, String> COLUMNS = Map.of(
            "run_id", "r.run_id",
            "run_name", "r.name",
            "user_id", "r.user_id",
            "status", "r.status",
            "artifact_uri", "r.artifact_uri",
            "start_time", "r.start_millis",
            "end_time", "r.end_millis");

    private RunConditions() {}

    static String column(String attribute) {
        return COLUMNS.getOrDefault(attribute, "r.run_id");
    }

    /** Where the values of metrics, parameters and tags are. */
    static String table(Subject subject) {
        return switch (subject) {
            case METRIC -> "metric_last";
            case PARAMETER -> "run_param";
            case TAG -> "run_tag";
            case ATTRIBUTE, DATASET -> throw new IllegalArgumentException(subject + " has no table of values");
        };
    }

    static boolean hasTable(Subject subject) {
        return subject == Subject.METRIC || subject == Subject.PARAMETER || subject == Subject.TAG;
    }

    static Sql condition(Comparison comparison) {
        return switch (comparison.subject()) {
            case ATTRIBUTE -> compared(column(comparison.key()), comparison);
            case DATASET ->
                new Sql()
                        .add("EXISTS (SELECT 1 FROM run_dataset rd JOIN dataset ds ON ds.id = rd.dataset"
                                + " WHERE rd.run = r.id AND ")
                        .add(compared(
                                comparison.key().equals("context") ? CONTEXT : "ds." + comparison.key(), comparison))
                        .add(")");
            case METRIC, PARAMETER, TAG -> exists(comparison);
        };
    }

    private static Sql exists(Comparison comparison) {
        Sql sql = new Sql()
                .add(comparison.operator() == Operator.IS_NULL ? "NOT EXISTS" : "EXISTS")
                .add(
                        " (SELECT 1 FROM " + table(comparison.subject()) + " x WHERE x.run = r.id AND x.key = ?",
                        comparison.key());
        if (comparison.operator() != Operator.IS_NULL && comparison.operator() != Operator.IS_NOT_NULL) {
            sql.add(" AND ").add(valued("x", comparison));
        }
        return sql.add(")");
    }

    /** The comparison of a value in the table of that alias. */
    static Sql valued(String alias, Comparison comparison) {
        if (comparison.subject() != Subject.METRIC) {
            return compared(alias + ".value", comparison);
        }
        if (comparison.operator() == Operator.NOT_EQUAL) {
            return new Sql()
                    .add("(" + alias + ".nan = 1 OR ")
                    .add(compared(alias + ".value", comparison))
                    .add(")");
        }
        return new Sql().add(alias + ".nan = 0 AND ").add(compared(alias + ".value", comparison));
    }

    private static Sql compared(String column, Comparison comparison) {
        return switch (comparison.operand()) {
            case Operand.Number(double number) ->
                new Sql().add(column + " " + comparison.operator().sign() + " ?", number);
            case Operand.Text(String text) -> text(column, comparison.operator(), text);
            case Operand.Texts(List<String> texts) ->
                new Sql()
                        .add(
                                column + " " + comparison.operator().sign() + " (" + Rows.marks(texts) + ")",
                                texts.toArray());
            case Operand.Nothing _ -> new Sql().add("1");
        };
    }

    private static Sql text(String column, Operator operator, String text) {
        return switch (operator) {
            case LIKE -> new Sql().add(column + " GLOB ?", Wildcards.glob(text));
            case ILIKE -> new Sql().add(column + " LIKE ?", text);
            default -> new Sql().add(column + " " + operator.sign() + " ?", text);
        };
    }
}
