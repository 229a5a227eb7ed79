package io.dougong.trust.embedded;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.Times;
import io.dougong.trust.DataKey;
import io.dougong.trust.ErasureCertificate;
import io.dougong.trust.MasterKey;
import io.dougong.trust.SubjectKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/**
 * Subject keys in {@code subjects.db} of the room's folder, behind a bounded cache.
 *
 * <p>Keys are looked up and cached under a read lock; an erasure destroys and uncaches under the write lock. So no key that was
 * read before an erasure can enter the cache after it. All database work is done by one platform thread: callers may be
 * virtual.
 */
public final class StoredSubjectKeys implements SubjectKeys {

    private static final String FILE = "subjects.db";

    private final KeyWrap wrap;
    private final InstantSource clock;
    private final ExecutorService worker;
    private final SubjectKeyTable table;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Cache<String, DataKey> byPseudonym;
    private final Cache<String, Found> byId;

    /**
     * @param folder the room's folder in the home
     * @param cachedKeys how many keys to keep in memory
     */
    public StoredSubjectKeys(Path folder, MasterKey master, InstantSource clock, SecureRandom random, int cachedKeys) {
        this.wrap = new KeyWrap(master, random);
        this.clock = clock;
        this.byPseudonym = Caffeine.newBuilder().maximumSize(cachedKeys).build();
        this.byId = Caffeine.newBuilder().maximumSize(cachedKeys).build();
        Path file = KeyFiles.folder(folder).resolve(FILE);
        this.table = new SubjectKeyTable(MetadataDatabase.open(file), wrap);
        this.worker = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("subject-keys").factory());
    }

    @Override
    public DataKey sealingKey(String subject) {
        String pseudonym = pseudonym(subject);
        lock.readLock().lock();
        try {
            DataKey cached = byPseudonym.getIfPresent(pseudonym);
            return cached != null ? cached : looked(pseudonym);
        } finally {
            lock.readLock().unlock();
        }
    }

    private DataKey looked(String pseudonym) {
        DataKey key = call(table -> table.findOrMake(pseudonym, now()));
        byPseudonym.put(pseudonym, key);
        byId.put(key.id(), new Found.Present(key));
        return key;
    }

    @Override
    public void prepare(Collection<String> subjects) {
        Collection<String> pseudonyms =
                subjects.stream().map(this::pseudonym).distinct().toList();
        run(table -> table.prepare(pseudonyms, now()));
    }

    @Override
    public Optional<Found> find(String keyId) {
        lock.readLock().lock();
        try {
            Found cached = byId.getIfPresent(keyId);
            if (cached != null) {
                return Optional.of(cached);
            }
            Optional<Found> found = call(table -> table.find(keyId));
            found.ifPresent(known -> byId.put(keyId, known));
            return found;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public ErasureCertificate erase(String subject) {
        String pseudonym = pseudonym(subject);
        ErasureCertificate certificate = destroyed(table -> {
            table.destroy(pseudonym, now());
            return table.certificate(pseudonym, now());
        });
        run(SubjectKeyTable::scrub);
        return certificate;
    }

    @Override
    public void reapply(ErasureCertificate certificate) {
        destroyed(table -> {
            table.destroy(certificate);
            return certificate;
        });
        run(SubjectKeyTable::scrub);
    }

    private ErasureCertificate destroyed(Function<SubjectKeyTable, ErasureCertificate> destruction) {
        lock.writeLock().lock();
        try {
            ErasureCertificate certificate = call(destruction);
            byPseudonym.invalidate(certificate.pseudonym());
            byId.invalidateAll(certificate.keyIds());
            return certificate;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public String pseudonym(String subject) {
        return wrap.pseudonym(subject);
    }

    private void run(Consumer<SubjectKeyTable> work) {
        Boolean done = call(same -> {
            work.accept(same);
            return true;
        });
        assert done;
    }

    private <T> T call(Function<SubjectKeyTable, T> work) {
        return result(worker.submit((Callable<T>) () -> work.apply(table)));
    }

    private static <T> T result(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case JdbiException database -> StorageProblem.unreadable("the subject keys", database);
                case RuntimeException problem -> problem;
                case null, default -> new IllegalStateException(failed);
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long now() {
        return Times.micros(clock.instant());
    }

    @Override
    public void close() {
        run(SubjectKeyTable::close);
        worker.close();
    }
}
