package io.dougong.node;

import io.dougong.decisions.Route;
import io.dougong.events.Stored;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Applications and roll-outs, folded from the stream {@code _admin}: table rows and the offset reached change in one transaction. */
final class Definitions {

    /** A version of an application that was applied. */
    record ApplicationVersion(
            String application, String version, String manifest, long appliedMicros, String appliedBy) {}

    private final Jdbi jdbi;

    Definitions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Offset of the next {@code _admin} event to fold. */
    long reached() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT reached FROM folded")
                .mapTo(Long.class)
                .one());
    }

    void fold(List<Stored> events) {
        jdbi.useTransaction(handle -> {
            for (Stored stored : events) {
                if (stored.position().offset() >= reached(handle)) {
                    fold(handle, stored);
                }
            }
        });
    }

    private static long reached(Handle handle) {
        return handle.createQuery("SELECT reached FROM folded")
                .mapTo(Long.class)
                .one();
    }

    private static void fold(Handle handle, Stored stored) {
        switch (Json.read(stored.event().data(), AdminEvent.class)) {
            case AdminEvent.Applied applied -> insert(handle, stored, applied);
            case AdminEvent.RolledOut rolledOut -> replace(handle, stored, rolledOut);
            case AdminEvent.Withdrawn withdrawn ->
                handle.execute(
                        "DELETE FROM rollout WHERE application = ? AND model = ? AND route = ?",
                        withdrawn.application(),
                        withdrawn.model(),
                        withdrawn.route().name());
            case AdminEvent.Healed _, AdminEvent.Noted _ -> {}
        }
        handle.execute("UPDATE folded SET reached = ?", stored.position().offset() + 1);
    }

    private static void insert(Handle handle, Stored stored, AdminEvent.Applied applied) {
        handle.execute(
                "INSERT INTO application_version VALUES (?, ?, ?, ?, ?, ?)",
                applied.application(),
                applied.version(),
                applied.manifest(),
                stored.event().timeMicros(),
                applied.by(),
                stored.position().offset());
    }

    private static void replace(Handle handle, Stored stored, AdminEvent.RolledOut role) {
        if (role.route() == Route.CHAMPION) {
            handle.execute(
                    "INSERT OR IGNORE INTO live_since VALUES (?, ?, ?)",
                    role.application(),
                    role.model(),
                    stored.sequence());
        }
        handle.execute(
                "INSERT OR REPLACE INTO rollout VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                role.application(),
                role.model(),
                role.route().name(),
                role.version(),
                role.digest(),
                role.share(),
                stored.event().timeMicros(),
                role.by());
    }

    /** Model to the arrival order of its first promotion to champion; models that never had one are absent. */
    Map<String, Long> liveSince(String application) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT model, sequence FROM live_since WHERE application = ?")
                        .bind(0, application)
                        .map((row, _) -> Map.entry(row.getString("model"), row.getLong("sequence")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    List<String> applications() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT DISTINCT application FROM application_version ORDER BY application")
                .mapTo(String.class)
                .list());
    }

    Optional<ApplicationVersion> current(String application) {
        return versions(application).stream().findFirst();
    }

    /** The newest first. */
    List<ApplicationVersion> versions(String application) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM application_version WHERE application = ?" + " ORDER BY log_offset DESC")
                .bind(0, application)
                .map((row, _) -> new ApplicationVersion(
                        row.getString("application"),
                        row.getString("version"),
                        row.getString("manifest"),
                        row.getLong("applied_micros"),
                        row.getString("applied_by")))
                .list());
    }

    ApplicationVersion needed(String application) {
        return current(application)
                .orElseThrow(
                        () -> NodeProblem.unknownApplication(application, Suggest.near(application, applications())));
    }

    List<ModelRole> roles(String application, String model) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM rollout WHERE application = ? AND model = ? ORDER BY route")
                .bind(0, application)
                .bind(1, model)
                .map((row, _) -> new ModelRole(
                        row.getString("model"),
                        Route.valueOf(row.getString("route")),
                        row.getInt("version"),
                        row.getString("digest"),
                        row.getDouble("share"),
                        row.getLong("set_micros"),
                        row.getString("set_by")))
                .list());
    }
}
