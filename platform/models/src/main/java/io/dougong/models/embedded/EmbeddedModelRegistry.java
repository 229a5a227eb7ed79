package io.dougong.models.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Digest;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Json;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.Times;
import io.dougong.models.AliasChange;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelProblem;
import io.dougong.models.ModelRegistry;
import io.dougong.models.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Registry of one node. The artifact file is durable before the row that names it, so a crash between the two leaves a file that
 * nothing points to and registering again completes.
 */
public final class EmbeddedModelRegistry implements ModelRegistry {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,126}");
    private static final String CHANGES = "SELECT * FROM model_alias_change WHERE name = ? ORDER BY position";

    private final Jdbi jdbi;
    private final Path folder;
    private final InstantSource clock;

    /** @param folder existing folder for the artifacts, this registry's own */
    public EmbeddedModelRegistry(MetadataDatabase database, Path folder, InstantSource clock) {
        this.jdbi = database.migrated("models");
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public synchronized ModelVersion register(String name, ModelArtifact artifact) {
        checkName("model", name);
        Optional<ModelVersion> known =
                jdbi.withHandle(handle -> select(
                                handle,
                                "SELECT * FROM model_version WHERE name = ? AND digest = ?",
                                name,
                                artifact.digest().hex())
                        .stream()
                        .findFirst());
        keep(artifact);
        return known.orElseGet(() -> insert(name, artifact));
    }

    private void keep(ModelArtifact artifact) {
        Path file = file(artifact.digest());
        if (!Files.exists(file)) {
            DurableFiles.write(file, artifact.bytes());
        }
    }

    private ModelVersion insert(String name, ModelArtifact artifact) {
        return jdbi.inTransaction(handle -> {
            int version = newest(handle, name) + 1;
            handle.execute(
                    "INSERT INTO model_version (name, version, digest, created_micros, metrics) VALUES (?, ?, ?, ?, ?)",
                    name,
                    version,
                    artifact.digest().hex(),
                    Times.micros(clock.instant()),
                    Json.text(artifact.card().metrics()));
            return version(handle, name, version);
        });
    }

    @Override
    public List<String> names() {
        return jdbi.withHandle(EmbeddedModelRegistry::names);
    }

    private static List<String> names(Handle handle) {
        return handle.createQuery("SELECT DISTINCT name FROM model_version ORDER BY name")
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<ModelVersion> versions(String name) {
        return jdbi.withHandle(handle -> {
            known(handle, name);
            return select(handle, "SELECT * FROM model_version WHERE name = ? ORDER BY version", name);
        });
    }

    @Override
    public ModelVersion version(String name, int version) {
        return jdbi.withHandle(handle -> version(handle, name, version));
    }

    private static ModelVersion version(Handle handle, String name, int version) {
        int newest = known(handle, name);
        return select(handle, "SELECT * FROM model_version WHERE name = ? AND version = ?", name, version).stream()
                .findFirst()
                .orElseThrow(() -> ModelProblem.NotFound.version(name, version, newest));
    }

    @Override
    public Optional<ModelVersion> find(Digest digest) {
        return jdbi.withHandle(handle -> select(
                        handle,
                        "SELECT * FROM model_version WHERE digest = ? ORDER BY created_micros, name, version",
                        digest.hex())
                .stream()
                .findFirst());
    }

    @Override
    public ModelArtifact load(Digest digest) {
        if (find(digest).isEmpty()) {
            throw ModelProblem.NotFound.digest(digest);
        }
        byte[] bytes = readFile(file(digest));
        Digest found = Digest.of(bytes);
        if (!found.equals(digest)) {
            throw new ModelProblem.Tampered(digest, found);
        }
        return ModelArtifact.read(bytes);
    }

    private static byte[] readFile(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            throw new ModelProblem.Corrupt("model artifact", file + " is missing", gone);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }

    @Override
    public synchronized AliasChange setAlias(String name, String alias, int version, String who, String why) {
        checkName("alias", alias);
        return jdbi.inTransaction(handle -> {
            ModelVersion target = version(handle, name, version);
            return append(handle, name, alias, target.version(), who, why);
        });
    }

    @Override
    public synchronized AliasChange removeAlias(String name, String alias, String who, String why) {
        return jdbi.inTransaction(handle -> {
            current(handle, name, alias);
            return append(handle, name, alias, 0, who, why);
        });
    }

    private AliasChange append(Handle handle, String name, String alias, int version, String who, String why) {
        List<AliasChange> changes = changes(handle, name);
        int previous = aliases(changes).getOrDefault(alias, 0);
        AliasChange change = new AliasChange(name, alias, version, previous, who, why, Times.micros(clock.instant()));
        handle.execute(
                "INSERT INTO model_alias_change (name, position, alias, version, previous, who, why, at_micros)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                name,
                changes.size() + 1,
                alias,
                version,
                previous,
                who,
                why,
                change.atMicros());
        return change;
    }

    @Override
    public ModelVersion alias(String name, String alias) {
        return jdbi.withHandle(handle -> version(handle, name, current(handle, name, alias)));
    }

    private static int current(Handle handle, String name, String alias) {
        known(handle, name);
        Map<String, Integer> set = aliases(changes(handle, name));
        Integer version = set.get(alias);
        if (version == null) {
            throw ModelProblem.NotFound.alias(name, alias, set.keySet());
        }
        return version;
    }

    @Override
    public Map<String, Integer> aliases(String name) {
        return aliases(history(name));
    }

    private static SortedMap<String, Integer> aliases(List<AliasChange> changes) {
        SortedMap<String, Integer> set = new TreeMap<>();
        for (AliasChange change : changes) {
            if (change.version() == 0) {
                set.remove(change.alias());
            } else {
                set.put(change.alias(), change.version());
            }
        }
        return set;
    }

    @Override
    public List<AliasChange> history(String name) {
        return jdbi.withHandle(handle -> {
            known(handle, name);
            return changes(handle, name);
        });
    }

    private static List<AliasChange> changes(Handle handle, String name) {
        return handle.select(CHANGES, name)
                .map((row, _) -> new AliasChange(
                        name,
                        row.getString("alias"),
                        row.getInt("version"),
                        row.getInt("previous"),
                        row.getString("who"),
                        row.getString("why"),
                        row.getLong("at_micros")))
                .list();
    }

    private static List<ModelVersion> select(Handle handle, String sql, Object... arguments) {
        return handle.select(sql, arguments)
                .map((row, _) -> modelVersion(handle, row))
                .list();
    }

    private static ModelVersion modelVersion(Handle handle, ResultSet row) throws SQLException {
        String name = row.getString("name");
        int version = row.getInt("version");
        List<AliasChange> stages = changes(handle, name).stream()
                .filter(change -> change.version() == version || change.previous() == version)
                .toList();
        return new ModelVersion(
                name,
                version,
                new Digest(row.getString("digest")),
                row.getLong("created_micros"),
                metrics(row.getString("metrics")),
                stages);
    }

    private static Map<String, Double> metrics(String json) {
        JsonNode tree = Json.tree(json.getBytes(StandardCharsets.UTF_8));
        Map<String, Double> metrics = new HashMap<>();
        tree.properties()
                .forEach(entry -> metrics.put(entry.getKey(), entry.getValue().doubleValue()));
        return metrics;
    }

    /** The newest version of a known name. */
    private static int known(Handle handle, String name) {
        int newest = newest(handle, name);
        if (newest == 0) {
            throw ModelProblem.NotFound.model(name, names(handle));
        }
        return newest;
    }

    private static int newest(Handle handle, String name) {
        return handle.createQuery("SELECT COALESCE(MAX(version), 0) FROM model_version WHERE name = ?")
                .bind(0, name)
                .mapTo(Integer.class)
                .one();
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.hex() + ".model");
    }

    private static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ModelProblem.BadInput(
                    "bad-name",
                    "'" + name + "' is not a name for a " + what + ".",
                    "Use a lower-case letter, then up to 126 of a-z, 0-9, '.', '-', '_'.");
        }
    }
}
