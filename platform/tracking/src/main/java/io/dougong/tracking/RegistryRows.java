package io.dougong.tracking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads registered models and their versions. */
final class RegistryRows {

    private final Statements statements;

    RegistryRows(Statements statements) {
        this.statements = statements;
    }

    RegisteredModel model(String name) {
        return find(name).orElseThrow(() -> TrackingProblem.unknown("registered model", name));
    }

    Optional<RegisteredModel> find(String name) {
        return statements.find("SELECT * FROM registered_model WHERE name = ?", this::model, name);
    }

    List<RegisteredModel> models() {
        return statements.list("SELECT * FROM registered_model ORDER BY name", row -> row.getString("name")).stream()
                .map(this::model)
                .toList();
    }

    private RegisteredModel model(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return new RegisteredModel(
                name,
                row.getString("description"),
                row.getLong("created_millis"),
                row.getLong("updated_millis"),
                Rows.tags(statements, "SELECT key, value FROM registered_model_tag WHERE name = ?", name),
                aliases(name),
                latest(versions(name)),
                false);
    }

    Map<String, Integer> aliases(String name) {
        return statements
                .list(
                        "SELECT alias, version FROM registered_model_alias WHERE name = ?",
                        row -> Map.entry(row.getString(1), row.getInt(2)),
                        name)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, b) -> b, TreeMap::new));
    }

    /** The newest of each stage. */
    static List<RegisteredVersion> latest(List<RegisteredVersion> oldestFirst) {
        Map<String, RegisteredVersion> latest = new LinkedHashMap<>();
        oldestFirst.forEach(version -> latest.put(version.stage(), version));
        return new ArrayList<>(latest.values());
    }

    /** Oldest first. */
    List<RegisteredVersion> versions(String name) {
        return select("SELECT * FROM model_version WHERE name = ? ORDER BY version", name);
    }

    /** Newest first over all names. */
    List<RegisteredVersion> versions() {
        return select("SELECT * FROM model_version ORDER BY updated_millis DESC, name, version DESC");
    }

    RegisteredVersion version(String name, int version) {
        model(name);
        return select("SELECT * FROM model_version WHERE name = ? AND version = ?", name, version).stream()
                .findFirst()
                .orElseThrow(() -> TrackingProblem.unknown("model version", name + " " + version));
    }

    private List<RegisteredVersion> select(String sql, Object... values) {
        return statements.list(sql, RegistryRows::plain, values).stream()
                .map(this::whole)
                .toList();
    }

    private RegisteredVersion whole(RegisteredVersion one) {
        return new RegisteredVersion(
                one.name(),
                one.version(),
                one.description(),
                one.createdMillis(),
                one.updatedMillis(),
                one.userId(),
                one.stage(),
                one.source(),
                one.location(),
                one.runId(),
                one.runLink(),
                one.modelId(),
                Rows.tags(
                        statements,
                        "SELECT key, value FROM model_version_tag WHERE name = ? AND version = ?",
                        one.name(),
                        one.version()),
                statements.list(
                        "SELECT alias FROM registered_model_alias WHERE name = ? AND version = ? ORDER BY alias",
                        row -> row.getString(1),
                        one.name(),
                        one.version()));
    }

    private static RegisteredVersion plain(ResultSet row) throws SQLException {
        return new RegisteredVersion(
                row.getString("name"),
                row.getInt("version"),
                row.getString("description"),
                row.getLong("created_millis"),
                row.getLong("updated_millis"),
                row.getString("user_id"),
                row.getString("stage"),
                row.getString("source"),
                row.getString("location"),
                row.getString("run_id"),
                row.getString("run_link"),
                row.getString("model_id"),
                Map.of(),
                List.of());
    }
}
