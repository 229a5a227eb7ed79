package io.dougong.trust.embedded;

import io.dougong.kernel.MetadataDatabase;
import io.dougong.trust.DataKey;
import io.dougong.trust.ErasureCertificate;
import io.dougong.trust.SubjectKeys.Found;
import io.dougong.trust.TrustProblem;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * The tables of subject keys in a SQLite file of their own, so that rewriting it disturbs nobody else. Used by one thread.
 *
 * <p>An erasure is one transaction (overwrite, delete, leave a tombstone that says "not scrubbed yet"); then the file is rewritten
 * without free pages and the write-ahead log cut to nothing, and the tombstone says so. What a crash interrupts, the next start
 * finishes. The file system and the disk may keep old blocks of their own: what lies in them is wrapped under the master key.
 */
final class SubjectKeyTable implements AutoCloseable {

    private static final int BUSY_TIMEOUT_MILLIS = 2_000;

    private final Handle handle;
    private final KeyWrap wrap;

    SubjectKeyTable(MetadataDatabase database, KeyWrap wrap) {
        this.handle = database.migrated("vault").open();
        this.wrap = wrap;
        handle.execute("PRAGMA secure_delete = ON");
        handle.execute("PRAGMA temp_store = MEMORY");
        handle.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
        checkMaster();
        scrub();
    }

    private void checkMaster() {
        Optional<String> known = handle.createQuery("SELECT code FROM master_check")
                .mapTo(String.class)
                .findOne();
        if (known.isEmpty()) {
            handle.execute("INSERT INTO master_check (code) VALUES (?)", wrap.check());
        } else if (!known.get().equals(wrap.check())) {
            handle.close();
            throw TrustProblem.wrongMasterKey();
        }
    }

    DataKey findOrMake(String pseudonym, long nowMicros) {
        return handle.inTransaction(same -> findOrMake(same, pseudonym, nowMicros));
    }

    void prepare(Collection<String> pseudonyms, long nowMicros) {
        handle.useTransaction(same -> pseudonyms.forEach(one -> findOrMake(same, one, nowMicros)));
    }

    private DataKey findOrMake(Handle same, String pseudonym, long nowMicros) {
        return same.createQuery("SELECT key_id, wrapped FROM subject_key WHERE pseudonym = ?")
                .bind(0, pseudonym)
                .map((row, _) -> wrap.unwrap(row.getString(1), pseudonym, row.getBytes(2)))
                .findOne()
                .orElseGet(() -> make(same, pseudonym, nowMicros));
    }

    private DataKey make(Handle same, String pseudonym, long nowMicros) {
        DataKey key = wrap.next();
        same.execute(
                "INSERT INTO subject_key (key_id, pseudonym, wrapped, created_micros) VALUES (?, ?, ?, ?)",
                key.id(),
                pseudonym,
                wrap.wrap(key, pseudonym),
                nowMicros);
        return key;
    }

    Optional<Found> find(String keyId) {
        Optional<Found> present = handle.createQuery("SELECT pseudonym, wrapped FROM subject_key WHERE key_id = ?")
                .bind(0, keyId)
                .map((row, _) -> (Found) new Found.Present(wrap.unwrap(keyId, row.getString(1), row.getBytes(2))))
                .findOne();
        return present.isPresent() ? present : erased(keyId);
    }

    private Optional<Found> erased(String keyId) {
        return handle.createQuery("SELECT erased_micros FROM erased_key WHERE key_id = ?")
                .bind(0, keyId)
                .map((row, _) -> (Found) new Found.Erased(keyId, row.getLong(1)))
                .findOne();
    }

    void destroy(String pseudonym, long nowMicros) {
        handle.useTransaction(same -> {
            same.execute(
                    "INSERT INTO erased_key (key_id, pseudonym, erased_micros, scrubbed)"
                            + " SELECT key_id, pseudonym, ?, 0 FROM subject_key WHERE pseudonym = ?",
                    nowMicros,
                    pseudonym);
            same.execute("UPDATE subject_key SET wrapped = zeroblob(length(wrapped)) WHERE pseudonym = ?", pseudonym);
            same.execute("DELETE FROM subject_key WHERE pseudonym = ?", pseudonym);
        });
    }

    /** The keys that the certificate names, and no others. */
    void destroy(ErasureCertificate certificate) {
        handle.useTransaction(same -> certificate.keyIds().forEach(id -> {
            same.execute(
                    "INSERT INTO erased_key (key_id, pseudonym, erased_micros, scrubbed) VALUES (?, ?, ?, 0)"
                            + " ON CONFLICT (key_id) DO NOTHING",
                    id,
                    certificate.pseudonym(),
                    certificate.erasedMicros());
            same.execute("UPDATE subject_key SET wrapped = zeroblob(length(wrapped)) WHERE key_id = ?", id);
            same.execute("DELETE FROM subject_key WHERE key_id = ?", id);
        }));
    }

    boolean unscrubbed() {
        return handle.createQuery("SELECT COUNT(*) FROM erased_key WHERE scrubbed = 0")
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** If a key was destroyed, leaves no byte of it in the file or in its write-ahead log. */
    void scrub() {
        if (unscrubbed()) {
            rewrite();
            handle.execute("UPDATE erased_key SET scrubbed = 1 WHERE scrubbed = 0");
        }
    }

    private void rewrite() {
        try {
            handle.execute("VACUUM");
        } catch (JdbiException busy) {
            throw TrustProblem.notScrubbed(String.valueOf(busy.getMessage()));
        }
        int busy = handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                .map((row, _) -> row.getInt(1))
                .one();
        if (busy != 0) {
            throw TrustProblem.notScrubbed("somebody else is reading it");
        }
    }

    /** @param nowMicros the time of a certificate for somebody of whom nothing was kept */
    ErasureCertificate certificate(String pseudonym, long nowMicros) {
        record Tombstone(String keyId, long erasedMicros) {}
        List<Tombstone> tombstones = handle.createQuery(
                        "SELECT key_id, erased_micros FROM erased_key WHERE pseudonym = ? ORDER BY erased_micros, key_id")
                .bind(0, pseudonym)
                .map((row, _) -> new Tombstone(row.getString(1), row.getLong(2)))
                .list();
        long erasedMicros =
                tombstones.isEmpty() ? nowMicros : tombstones.getLast().erasedMicros();
        return new ErasureCertificate(
                pseudonym, tombstones.stream().map(Tombstone::keyId).toList(), erasedMicros);
    }

    @Override
    public void close() {
        handle.close();
    }
}
