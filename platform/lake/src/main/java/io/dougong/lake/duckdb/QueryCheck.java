package io.dougong.lake.duckdb;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import io.dougong.kernel.Times;
import io.dougong.lake.LakeProblem;
import io.dougong.lake.SqlEngine;
import io.dougong.lake.SqlEngine.Files;
import io.dougong.lake.SqlEngine.When;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through the syntax tree that DuckDB itself makes of a query ({@code json_serialize_sql}, which knows nothing but
 * SELECT) before it runs: one statement, tables of the lake only, no function that reads elsewhere. {@code t AT (…)} is turned
 * into a schema-qualified name of the same length, so that positions in later errors stay true.
 */
final class QueryCheck {

    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("range", "generate_series", "unnest", "repeat", "repeat_row");
    private static final Pattern AT = Pattern.compile("\\bAT\\s*\\(", Pattern.CASE_INSENSITIVE);

    /** A checked query: its text to run, and the views it needs by schema. */
    record Checked(String sql, Map<String, List<Files>> views) {}

    private record TableUse(String name, int start, int length, JsonNode at) {}

    private final String sql;
    private final SqlEngine.Catalog catalog;
    private final List<TableUse> uses = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();

    private QueryCheck(String sql, SqlEngine.Catalog catalog) {
        this.sql = sql;
        this.catalog = catalog;
    }

    static Checked check(Connection connection, String sql, SqlEngine.Catalog catalog) throws SQLException {
        QueryCheck check = new QueryCheck(sql, catalog);
        check.walk(check.statement(parse(connection, sql)));
        return check.resolve();
    }

    private static JsonNode parse(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            statement.setString(1, sql);
            try (ResultSet results = statement.executeQuery()) {
                results.next();
                return Json.tree(results.getString(1).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private JsonNode statement(JsonNode tree) {
        if (tree.path("error").asBoolean()) {
            if (tree.path("error_type").asText().equals("parser")) {
                throw QueryErrors.at(
                        sql,
                        tree.path("error_message").asText(),
                        tree.path("position").asInt(-1));
            }
            throw LakeProblem.forbiddenQuery("Only a SELECT can be asked here", "Appends go through the sink.", 0, 0);
        }
        JsonNode statements = tree.path("statements");
        if (statements.size() != 1) {
            throw LakeProblem.forbiddenQuery("Expected one SELECT, got " + statements.size() + " statements", "", 0, 0);
        }
        return statements.get(0);
    }

    private void walk(JsonNode node) {
        switch (node.path("type").asText()) {
            case "BASE_TABLE" -> table(node);
            case "TABLE_FUNCTION" -> function(node);
            case "SHOW_REF" -> {
                if (node.path("query").isNull()) {
                    throw forbidden(node, "SHOW is not answered here");
                }
            }
            default -> {}
        }
        node.path("cte_map")
                .path("map")
                .forEach(cte -> defined.add(cte.path("key").asText()));
        if (node.has("cte_name")) {
            defined.add(node.path("cte_name").asText());
        }
        node.forEach(this::walk);
    }

    private void table(JsonNode node) {
        JsonNode path = node.path("qualified_name").path("path");
        if (path.size() != 1) {
            throw forbidden(node, "Tables are named without a schema, not as '" + path + "'");
        }
        uses.add(new TableUse(
                node.path("table_name").asText(),
                node.path("query_location").asInt(-1),
                node.path("query_location_length").asInt(),
                node.path("at_clause")));
    }

    private void function(JsonNode node) {
        String name = node.path("function").path("function_name").asText();
        if (!TABLE_FUNCTIONS.contains(name)) {
            throw forbidden(node, "Table function '" + name + "' is not allowed");
        }
    }

    private LakeProblem forbidden(JsonNode node, String message) {
        QueryErrors.Place place =
                QueryErrors.place(sql, node.path("query_location").asInt(-1));
        return LakeProblem.forbiddenQuery(
                message, "A query sees the tables of the lake only.", place.line(), place.column());
    }

    private Checked resolve() {
        List<String> known = catalog.names();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Map<String, Map<String, Files>> views = new TreeMap<>();
        uses.sort(Comparator.comparingInt(TableUse::start));
        for (TableUse use : uses) {
            String table = known.stream()
                    .filter(use.name()::equalsIgnoreCase)
                    .findFirst()
                    .orElse(null);
            if (defined.contains(use.name()) && use.at().isNull()) {
                continue;
            }
            if (table == null) {
                QueryErrors.Place place = QueryErrors.place(sql, use.start());
                throw LakeProblem.badQuery(
                        "There is no table '" + use.name() + "'",
                        Suggest.near(use.name(), known),
                        place.line(),
                        place.column());
            }
            String schema = "main";
            When when = When.NOW;
            if (!use.at().isNull()) {
                when = when(use);
                schema = schema(when);
                rewrite(text, use, schema);
            }
            When moment = when;
            views.computeIfAbsent(schema, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(table, name -> catalog.resolve(name, moment));
        }
        Map<String, List<Files>> files = new TreeMap<>();
        views.forEach((schema, tables) -> files.put(schema, List.copyOf(tables.values())));
        return new Checked(new String(text, StandardCharsets.UTF_8), files);
    }

    private static String schema(When when) {
        return when.snapshotId().isPresent()
                ? "v" + when.snapshotId().getAsLong()
                : "t"
                        + Long.toString(when.atMicros().orElseThrow(), Character.MAX_RADIX)
                                .replace('-', '_');
    }

    private When when(TableUse use) {
        String value = literal(use.at().path("expr"));
        try {
            return use.at().path("unit").asText().equals("VERSION")
                    ? new When(OptionalLong.of(Long.parseLong(value)), OptionalLong.empty())
                    : new When(OptionalLong.empty(), OptionalLong.of(Times.micros(instant(value))));
        } catch (NumberFormatException | DateTimeParseException _) {
            QueryErrors.Place place = QueryErrors.place(sql, use.start());
            throw LakeProblem.badQuery(
                    "'" + value + "' is no moment of table '" + use.name() + "'",
                    "Write AT (VERSION => 123) with a snapshot id, or AT (TIMESTAMP => '2001-01-01T00:00:00Z').",
                    place.line(),
                    place.column());
        }
    }

    private static String literal(JsonNode expression) {
        JsonNode text = expression.findValue("text");
        return text == null ? "" : text.asText();
    }

    private static Instant instant(String text) {
        return text.length() == "2001-01-01".length()
                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                : Instant.parse(text.replace(' ', 'T'));
    }

    /** {@code t f AT (VERSION => 1)} becomes {@code v1.t f} and blanks. */
    private void rewrite(byte[] text, TableUse use, String schema) {
        String reference = new String(text, use.start(), use.length(), StandardCharsets.ISO_8859_1);
        Matcher at = AT.matcher(reference);
        int begin = -1;
        while (at.find()) {
            begin = at.start();
        }
        String changed = schema + "." + reference.substring(0, Math.max(begin, 0));
        if (begin < 0 || changed.length() > reference.length()) {
            QueryErrors.Place place = QueryErrors.place(sql, use.start());
            throw LakeProblem.badQuery("This AT is not understood", "", place.line(), place.column());
        }
        byte[] blanked =
                (changed + " ".repeat(reference.length() - changed.length())).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(blanked, 0, text, use.start(), blanked.length);
    }
}
