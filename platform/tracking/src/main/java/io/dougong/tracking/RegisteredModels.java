package io.dougong.tracking;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The registered models: those of clients, which are kept here, and those of the platform, which are read through. What writes
 * completes once it is durable.
 */
public final class RegisteredModels {

    private static final List<String> STAGES = List.of("None", "Staging", "Production", "Archived");
    private static final int MOST_MODELS_A_PAGE = 1_000;
    private static final int MOST_VERSIONS_A_PAGE = 200_000;
    private static final String LOGGED = "models:/";

    private final Committer committer;
    private final Readers readers;
    private final InstantSource clock;
    private final PlatformModels platform;

    RegisteredModels(Committer committer, Readers readers, InstantSource clock, PlatformModels platform) {
        this.committer = committer;
        this.readers = readers;
        this.clock = clock;
        this.platform = platform;
    }

    public CompletableFuture<RegisteredModel> create(String name, String description, Map<String, String> tags) {
        unmanaged(Limits.modelName(name));
        Limits.atMost("description", description, Limits.DESCRIPTION_LENGTH);
        Limits.tags(tags, Limits.REGISTRY_TAG_LENGTH);
        return committer.submit(statements -> {
            RegistryRows rows = new RegistryRows(statements);
            if (rows.find(name).isPresent()) {
                throw TrackingProblem.exists("Registered Model", name);
            }
            long now = clock.millis();
            statements.execute("INSERT INTO registered_model VALUES (?, ?, ?, ?, 0)", name, description, now, now);
            tags.forEach((key, value) -> tag(statements, name, key, value));
            return rows.model(name);
        });
    }

    private static void tag(Statements statements, String name, String key, String value) {
        statements.execute("INSERT OR REPLACE INTO registered_model_tag VALUES (?, ?, ?)", name, key, value);
    }

    /** @throws TrackingProblem if there is none */
    public RegisteredModel get(String name) {
        return ofPlatform(name)
                .map(PlatformModels.Entry::model)
                .orElseGet(() -> readers.read(statements -> new RegistryRows(statements).model(name)));
    }

    private Optional<PlatformModels.Entry> ofPlatform(String name) {
        return platform.all().stream()
                .filter(entry -> entry.model().name().equals(name))
                .findFirst();
    }

    private void unmanaged(String name) {
        if (ofPlatform(name).isPresent()) {
            throw TrackingProblem.managed("Registered model", name);
        }
    }

    public CompletableFuture<RegisteredModel> describe(String name, String description) {
        Limits.atMost("description", description, Limits.DESCRIPTION_LENGTH);
        return change(
                name,
                statements -> statements.execute(
                        "UPDATE registered_model SET description = ? WHERE name = ?", description, name));
    }

    public CompletableFuture<RegisteredModel> rename(String name, String newName) {
        unmanaged(name);
        unmanaged(Limits.modelName(newName));
        return committer.submit(statements -> {
            RegistryRows rows = new RegistryRows(statements);
            rows.model(name);
            if (rows.find(newName).isPresent()) {
                throw TrackingProblem.exists("Registered Model", newName);
            }
            for (String table : tables()) {
                statements.execute("UPDATE " + table + " SET name = ? WHERE name = ?", newName, name);
            }
            touch(statements, newName);
            return rows.model(newName);
        });
    }

    private static List<String> tables() {
        return List.of(
                "registered_model",
                "registered_model_tag",
                "registered_model_alias",
                "model_version",
                "model_version_tag");
    }

    /** With all versions; the files stay. */
    public CompletableFuture<Void> delete(String name) {
        unmanaged(name);
        return write(statements -> {
            new RegistryRows(statements).model(name);
            tables().forEach(table -> statements.execute("DELETE FROM " + table + " WHERE name = ?", name));
        });
    }

    public CompletableFuture<RegisteredModel> setTag(String name, String key, String value) {
        Limits.tags(Map.of(key, value), Limits.REGISTRY_TAG_LENGTH);
        return change(name, statements -> tag(statements, name, key, value));
    }

    public CompletableFuture<RegisteredModel> deleteTag(String name, String key) {
        return change(
                name,
                statements ->
                        statements.execute("DELETE FROM registered_model_tag WHERE name = ? AND key = ?", name, key));
    }

    public CompletableFuture<RegisteredModel> setAlias(String name, String alias, int version) {
        Limits.alias(alias);
        return change(name, statements -> {
            new RegistryRows(statements).version(name, version);
            statements.execute("INSERT OR REPLACE INTO registered_model_alias VALUES (?, ?, ?)", name, alias, version);
        });
    }

    public CompletableFuture<RegisteredModel> deleteAlias(String name, String alias) {
        return change(
                name,
                statements -> statements.execute(
                        "DELETE FROM registered_model_alias WHERE name = ? AND alias = ?", name, alias));
    }

    /** @throws TrackingProblem if the alias is not set */
    public RegisteredVersion byAlias(String name, String alias) {
        Integer version = get(name).aliases().get(alias);
        if (version == null) {
            throw TrackingProblem.unknown("registered model alias", alias);
        }
        return version(name, version);
    }

    public CompletableFuture<RegisteredVersion> createVersion(RegisteredVersion.Start start) {
        unmanaged(Limits.modelName(start.name()));
        Limits.atMost("description", start.description(), Limits.DESCRIPTION_LENGTH);
        Limits.atMost("source", start.source(), Limits.LOCATION_LENGTH);
        Limits.tags(start.tags(), Limits.REGISTRY_TAG_LENGTH);
        return committer.submit(statements -> insert(statements, start));
    }

    private RegisteredVersion insert(Statements statements, RegisteredVersion.Start start) {
        String name = start.name();
        RegistryRows rows = new RegistryRows(statements);
        rows.model(name);
        statements.execute("UPDATE registered_model SET newest = newest + 1 WHERE name = ?", name);
        int version = statements
                .find("SELECT newest FROM registered_model WHERE name = ?", row -> row.getInt(1), name)
                .orElseThrow();
        long now = clock.millis();
        statements.execute(
                "INSERT INTO model_version VALUES (?, ?, ?, ?, ?, ?, 'None', ?, ?, ?, ?, ?)",
                name,
                version,
                start.description(),
                now,
                now,
                start.userId(),
                start.source(),
                location(statements, start),
                start.runId(),
                start.runLink(),
                modelId(start));
        start.tags().forEach((key, value) -> tag(statements, name, version, key, value));
        touch(statements, name);
        return rows.version(name, version);
    }

    /** The logged model that is registered; empty if its maker names none. */
    private static String modelId(RegisteredVersion.Start start) {
        return start.source().startsWith(LOGGED) && start.modelId().isEmpty()
                ? start.source().substring(LOGGED.length())
                : start.modelId();
    }

    /** A logged model lies where it was logged; the rest lies where its maker says. */
    private static String location(Statements statements, RegisteredVersion.Start start) {
        return start.source().startsWith(LOGGED)
                ? statements
                        .find(
                                "SELECT artifact_uri FROM logged_model WHERE model_id = ?",
                                row -> row.getString(1),
                                start.source().substring(LOGGED.length()))
                        .orElseThrow(() -> TrackingProblem.unknown("logged model", start.source()))
                : start.source();
    }

    private static void tag(Statements statements, String name, int version, String key, String value) {
        statements.execute("INSERT OR REPLACE INTO model_version_tag VALUES (?, ?, ?, ?)", name, version, key, value);
    }

    /** @throws TrackingProblem if name or version is unknown */
    public RegisteredVersion version(String name, int version) {
        Optional<PlatformModels.Entry> own = ofPlatform(name);
        if (own.isPresent()) {
            return own.get().versions().stream()
                    .filter(one -> one.version() == version)
                    .findFirst()
                    .orElseThrow(() -> TrackingProblem.unknown("model version", name + " " + version));
        }
        return readers.read(statements -> new RegistryRows(statements).version(name, version));
    }

    public CompletableFuture<RegisteredVersion> describe(String name, int version, String description) {
        Limits.atMost("description", description, Limits.DESCRIPTION_LENGTH);
        return change(
                name,
                version,
                statements -> statements.execute(
                        "UPDATE model_version SET description = ? WHERE name = ? AND version = ?",
                        description,
                        name,
                        version));
    }

    /** @param archive whether the others that were in the stage go to the archive */
    public CompletableFuture<RegisteredVersion> stage(String name, int version, String stage, boolean archive) {
        String known = STAGES.stream()
                .filter(stage::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> TrackingProblem.badValue("stage", stage, "one of " + STAGES));
        if (archive && !known.equals("Staging") && !known.equals("Production")) {
            throw TrackingProblem.badValue(
                    "archive_existing_versions", "true", "false unless the stage is Staging or Production");
        }
        return change(name, version, statements -> {
            if (archive) {
                statements.execute(
                        "UPDATE model_version SET stage = 'Archived' WHERE name = ? AND stage = ?", name, known);
            }
            statements.execute(
                    "UPDATE model_version SET stage = ? WHERE name = ? AND version = ?", known, name, version);
        });
    }

    public CompletableFuture<RegisteredVersion> setTag(String name, int version, String key, String value) {
        Limits.tags(Map.of(key, value), Limits.REGISTRY_TAG_LENGTH);
        return change(name, version, statements -> tag(statements, name, version, key, value));
    }

    public CompletableFuture<RegisteredVersion> deleteTag(String name, int version, String key) {
        return change(
                name,
                version,
                statements -> statements.execute(
                        "DELETE FROM model_version_tag WHERE name = ? AND version = ? AND key = ?",
                        name,
                        version,
                        key));
    }

    public CompletableFuture<Void> deleteVersion(String name, int version) {
        unmanaged(name);
        return write(statements -> {
            new RegistryRows(statements).version(name, version);
            for (String table : List.of("model_version", "model_version_tag", "registered_model_alias")) {
                statements.execute("DELETE FROM " + table + " WHERE name = ? AND version = ?", name, version);
            }
            touch(statements, name);
        });
    }

    /** The newest version of each of these stages; of every stage if none is named. */
    public List<RegisteredVersion> latest(String name, List<String> stages) {
        List<String> wanted =
                stages.stream().map(stage -> stage.toLowerCase(Locale.ROOT)).toList();
        return get(name).latest().stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(one.stage().toLowerCase(Locale.ROOT)))
                .toList();
    }

    public Page<RegisteredModel> search(Search search) {
        List<Comparison> filter = FilterParser.filter(search.filter(), Grammar.REGISTERED_MODELS);
        List<Order> orders = FilterParser.orders(search.orderBy(), Grammar.REGISTERED_MODELS);
        List<RegisteredModel> all = Stream.concat(
                        platform.all().stream().map(PlatformModels.Entry::model),
                        readers.read(statements -> new RegistryRows(statements).models()).stream())
                .sorted(Comparator.comparing(RegisteredModel::name))
                .toList();
        return new Sieve<RegisteredModel>(RegisteredModels::traits, "registered")
                .page(all, filter, orders, search, MOST_MODELS_A_PAGE);
    }

    private static Traits traits(RegisteredModel model) {
        return new Traits(
                Map.of(
                        "name", model.name(),
                        "creation_timestamp", (double) model.createdMillis(),
                        "last_updated_timestamp", (double) model.updatedMillis()),
                model.tags(),
                Map.of(),
                Map.of());
    }

    /** By default those that changed last first. */
    public Page<RegisteredVersion> searchVersions(Search search) {
        List<Comparison> filter = FilterParser.filter(search.filter(), Grammar.MODEL_VERSIONS);
        List<Order> orders = FilterParser.orders(search.orderBy(), Grammar.MODEL_VERSIONS);
        List<RegisteredVersion> all =
                new ArrayList<>(readers.read(statements -> new RegistryRows(statements).versions()));
        platform.all().forEach(entry -> all.addAll(entry.versions()));
        all.sort(Comparator.comparingLong(RegisteredVersion::updatedMillis)
                .reversed()
                .thenComparing(RegisteredVersion::name)
                .thenComparing(
                        Comparator.comparingInt(RegisteredVersion::version).reversed()));
        return new Sieve<RegisteredVersion>(RegisteredModels::traits, "versions")
                .page(all, filter, orders, search, MOST_VERSIONS_A_PAGE);
    }

    private static Traits traits(RegisteredVersion version) {
        return new Traits(
                Map.of(
                        "name",
                        version.name(),
                        "run_id",
                        version.runId(),
                        "source_path",
                        version.source(),
                        "version_number",
                        (double) version.version(),
                        "creation_timestamp",
                        (double) version.createdMillis(),
                        "last_updated_timestamp",
                        (double) version.updatedMillis()),
                version.tags(),
                Map.of(),
                Map.of());
    }

    private interface Change {
        void make(Statements statements);
    }

    private CompletableFuture<RegisteredModel> change(String name, Change change) {
        unmanaged(name);
        return committer.submit(statements -> {
            RegistryRows rows = new RegistryRows(statements);
            rows.model(name);
            change.make(statements);
            touch(statements, name);
            return rows.model(name);
        });
    }

    private CompletableFuture<RegisteredVersion> change(String name, int version, Change change) {
        unmanaged(name);
        return committer.submit(statements -> {
            RegistryRows rows = new RegistryRows(statements);
            rows.version(name, version);
            change.make(statements);
            statements.execute(
                    "UPDATE model_version SET updated_millis = ? WHERE name = ? AND version = ?",
                    clock.millis(),
                    name,
                    version);
            return rows.version(name, version);
        });
    }

    private void touch(Statements statements, String name) {
        statements.execute("UPDATE registered_model SET updated_millis = ? WHERE name = ?", clock.millis(), name);
    }

    @SuppressWarnings("NullAway") // completes with nothing
    private CompletableFuture<Void> write(Change change) {
        return committer.submit(statements -> {
            change.make(statements);
            return null;
        });
    }
}
