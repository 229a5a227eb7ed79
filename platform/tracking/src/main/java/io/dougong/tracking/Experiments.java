package io.dougong.tracking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The experiments. What writes completes once it is durable. */
public final class Experiments {

    /** Where the files of an experiment lie unless its maker says otherwise. */
    static final String PROXIED = "mlflow-artifacts:/";

    static final String DEFAULT_ID = "0";

    /** An experiment with this tag is filled by the platform and read here only. */
    public static final String MANAGED_TAG = "dougong.managed";

    private static final int MOST_A_PAGE = 50_000;

    private final Committer committer;
    private final Readers readers;
    private final InstantSource clock;

    Experiments(Committer committer, Readers readers, InstantSource clock) {
        this.committer = committer;
        this.readers = readers;
        this.clock = clock;
    }

    void ensureDefault() {
        long now = clock.millis();
        committer
                .submit(statements -> statements.execute(
                        "INSERT OR IGNORE INTO experiment VALUES (0, 'Default', ?, 'active', ?, ?)",
                        PROXIED + DEFAULT_ID,
                        now,
                        now))
                .join();
    }

    /**
     * @param artifactLocation null for the platform's own store
     * @return its id
     */
    public CompletableFuture<String> create(String name, @Nullable String artifactLocation, Map<String, String> tags) {
        Limits.experimentName(name);
        Limits.tags(tags, Limits.EXPERIMENT_TAG_LENGTH);
        Limits.atMost("artifact_location", String.valueOf(artifactLocation), Limits.LOCATION_LENGTH);
        return committer.submit(statements -> insert(statements, name, artifactLocation, tags));
    }

    /** The id of the experiment of that name, made if there is none; for experiments that the platform fills. */
    String managed(Statements statements, String name, Map<String, String> tags) {
        Optional<Experiment> there = byName(statements, name);
        String id = there.isPresent() ? there.get().id() : insert(statements, name, null, tags);
        tags.forEach((key, value) -> setTag(statements, id, key, value));
        return id;
    }

    private String insert(
            Statements statements, String name, @Nullable String artifactLocation, Map<String, String> tags) {
        if (byName(statements, name).isPresent()) {
            throw TrackingProblem.exists("Experiment", name);
        }
        long now = clock.millis();
        statements.execute(
                "INSERT INTO experiment (name, artifact_location, lifecycle, created_millis, updated_millis)"
                        + " VALUES (?, ?, 'active', ?, ?)",
                name,
                "",
                now,
                now);
        String id = statements
                .find("SELECT last_insert_rowid()", row -> row.getString(1))
                .orElseThrow();
        statements.execute(
                "UPDATE experiment SET artifact_location = ? WHERE id = ?",
                artifactLocation == null ? PROXIED + id : artifactLocation,
                id);
        tags.forEach((key, value) -> setTag(statements, id, key, value));
        return id;
    }

    /** @throws TrackingProblem if there is none */
    public Experiment get(String id) {
        return readers.read(statements -> needed(statements, id));
    }

    /** Also if it is deleted. */
    public Optional<Experiment> byName(String name) {
        return readers.read(statements -> byName(statements, name));
    }

    public Page<Experiment> search(Search search) {
        List<Comparison> filter = FilterParser.filter(search.filter(), Grammar.EXPERIMENTS);
        List<Order> orders = FilterParser.orders(search.orderBy(), Grammar.EXPERIMENTS);
        List<Experiment> all = readers.read(Experiments::all).stream()
                .filter(one -> search.view().shown().contains(one.lifecycle()))
                .toList();
        return new Sieve<>(Experiments::traits, ", newest first").page(all, filter, orders, search, MOST_A_PAGE);
    }

    private static List<Experiment> all(Statements statements) {
        Map<String, Map<String, String>> tags = new HashMap<>();
        statements.list(
                "SELECT experiment, key, value FROM experiment_tag",
                row -> tags.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                        .put(row.getString(2), row.getString(3)));
        return statements.list(
                "SELECT * FROM experiment ORDER BY created_millis DESC, id DESC",
                row -> read(row, tags.getOrDefault(row.getString("id"), Map.of())));
    }

    private static Traits traits(Experiment one) {
        return new Traits(
                Map.of(
                        "name",
                        one.name(),
                        "experiment_id",
                        one.id(),
                        "creation_time",
                        (double) one.createdMillis(),
                        "last_update_time",
                        (double) one.updatedMillis()),
                one.tags(),
                Map.of(),
                Map.of());
    }

    public CompletableFuture<Void> rename(String id, String name) {
        Limits.experimentName(name);
        return change(id, statements -> {
            active(statements, id);
            if (byName(statements, name).filter(other -> !other.id().equals(id)).isPresent()) {
                throw TrackingProblem.exists("Experiment", name);
            }
            statements.execute("UPDATE experiment SET name = ? WHERE id = ?", name, id);
        });
    }

    /** Puts it away with its runs. */
    public CompletableFuture<Void> delete(String id) {
        return change(id, statements -> {
            active(statements, id);
            lifecycle(statements, id, Lifecycle.ACTIVE, Lifecycle.DELETED);
        });
    }

    public CompletableFuture<Void> restore(String id) {
        return change(id, statements -> {
            if (needed(statements, id).lifecycle() == Lifecycle.ACTIVE) {
                throw TrackingProblem.notDeleted("experiment", id);
            }
            lifecycle(statements, id, Lifecycle.DELETED, Lifecycle.ACTIVE);
        });
    }

    private static void lifecycle(Statements statements, String id, Lifecycle from, Lifecycle to) {
        statements.execute("UPDATE experiment SET lifecycle = ? WHERE id = ?", to.label(), id);
        statements.execute(
                "UPDATE run SET lifecycle = ? WHERE experiment = ? AND lifecycle = ?", to.label(), id, from.label());
    }

    public CompletableFuture<Void> setTag(String id, String key, String value) {
        Limits.tags(Map.of(key, value), Limits.EXPERIMENT_TAG_LENGTH);
        return change(id, statements -> {
            active(statements, id);
            setTag(statements, id, key, value);
        });
    }

    public CompletableFuture<Void> deleteTag(String id, String key) {
        return change(id, statements -> {
            active(statements, id);
            if (statements.execute("DELETE FROM experiment_tag WHERE experiment = ? AND key = ?", id, key) == 0) {
                throw TrackingProblem.unknown("tag", key);
            }
        });
    }

    private interface Change {
        void make(Statements statements);
    }

    @SuppressWarnings("NullAway") // completes with nothing
    private CompletableFuture<Void> change(String id, Change change) {
        return committer.submit(statements -> {
            unmanaged(statements, id);
            change.make(statements);
            statements.execute("UPDATE experiment SET updated_millis = ? WHERE id = ?", clock.millis(), id);
            return null;
        });
    }

    private static void setTag(Statements statements, String id, String key, String value) {
        statements.execute("INSERT OR REPLACE INTO experiment_tag VALUES (?, ?, ?)", id, key, value);
    }

    /** @throws TrackingProblem if there is none or it is deleted */
    static Experiment active(Statements statements, String id) {
        Experiment experiment = needed(statements, id);
        if (experiment.lifecycle() != Lifecycle.ACTIVE) {
            throw TrackingProblem.deleted("experiment", id);
        }
        return experiment;
    }

    static void unmanaged(Statements statements, String id) {
        Experiment experiment = needed(statements, id);
        if (experiment.tags().containsKey(MANAGED_TAG)) {
            throw TrackingProblem.managed("Experiment", experiment.name());
        }
    }

    static Experiment needed(Statements statements, String id) {
        return find(statements, "SELECT * FROM experiment WHERE id = ?", number(id))
                .orElseThrow(() -> TrackingProblem.unknown("experiment", id));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notANumber) {
            throw TrackingProblem.unknown("experiment", id);
        }
    }

    private static Optional<Experiment> byName(Statements statements, String name) {
        return find(statements, "SELECT * FROM experiment WHERE name = ?", name);
    }

    private static Optional<Experiment> find(Statements statements, String sql, Object value) {
        return statements
                .find(sql, row -> read(row, Map.of()), value)
                .map(one -> new Experiment(
                        one.id(),
                        one.name(),
                        one.artifactLocation(),
                        one.lifecycle(),
                        one.createdMillis(),
                        one.updatedMillis(),
                        Rows.tags(statements, "SELECT key, value FROM experiment_tag WHERE experiment = ?", one.id())));
    }

    private static Experiment read(ResultSet row, Map<String, String> tags) throws SQLException {
        return new Experiment(
                row.getString("id"),
                row.getString("name"),
                row.getString("artifact_location"),
                Lifecycle.of(row.getString("lifecycle")),
                row.getLong("created_millis"),
                row.getLong("updated_millis"),
                tags);
    }
}
