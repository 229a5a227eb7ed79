package io.dougong.kernel;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What is defined and what is running: one SQLite file, written ahead and synced at every commit. Each room brings its own
 * migrations under {@code db/<room>} and shares nothing else.
 */
public final class MetadataDatabase {

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final SQLiteDataSource source;
    private final Jdbi jdbi;

    private MetadataDatabase(SQLiteDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    public static MetadataDatabase open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return new MetadataDatabase(source);
    }

    /** Writes a consistent copy of a database, also while it is in use; the copy must not exist yet. */
    public static void copy(Path file, Path copy) {
        open(file)
                .jdbi
                .useHandle(handle ->
                        handle.execute("VACUUM INTO ?", copy.toAbsolutePath().toString()));
    }

    /** The database as it is. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Brings the room's tables to the version of this release; scripts are {@code db/<room>/V1__what.sql} on the class path. */
    public Jdbi migrated(String room) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/" + room)
                .table("schema_history_" + room)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        return jdbi;
    }
}
