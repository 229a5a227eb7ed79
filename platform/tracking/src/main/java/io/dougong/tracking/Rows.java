package io.dougong.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what several tables have alike. */
final class Rows {

    private Rows() {}

    static Map<String, String> tags(Statements statements, String sql, Object... values) {
        Map<String, String> tags = new TreeMap<>();
        statements
                .list(sql, row -> Map.entry(row.getString(1), row.getString(2)), values)
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    /** Columns key, value, nan, timestamp_millis, step. */
    static Metric metric(ResultSet row) throws SQLException {
        return Metric.of(row.getString("key"), value(row), row.getLong("timestamp_millis"), row.getLong("step"));
    }

    static double value(ResultSet row) throws SQLException {
        return row.getInt("nan") == 1 ? Double.NaN : row.getDouble("value");
    }

    static String texts(Map<String, String> map) {
        return Json.text(map);
    }

    static Map<String, String> texts(String json) {
        Map<String, String> map = new TreeMap<>();
        JsonNode tree = Json.tree(json.getBytes(StandardCharsets.UTF_8));
        tree.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().textValue()));
        return map;
    }

    /** {@code ?, ?, ?} */
    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    static String marks(List<?> values) {
        return marks(values.size());
    }
}
