package io.dougong.trust.embedded;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.dougong.kernel.Digest;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Times;
import io.dougong.trust.Caller;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import io.dougong.trust.TokenText;
import io.dougong.trust.Tokens;
import io.dougong.trust.TrustProblem;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Tokens in the metadata database. A token is found by the first digits of its hash, and the whole hash is compared in constant time. */
public final class StoredTokens implements Tokens {

    private static final System.Logger LOG = System.getLogger("io.dougong.trust");

    private static final int ID_LENGTH = 16;
    private static final int MAX_NAME_LENGTH = 100;
    private static final int CACHED_TOKENS = 10_000;
    private static final Duration CACHED_FOR = Duration.ofSeconds(10);
    private static final long USE_RESOLUTION_MICROS = 60_000_000;
    private static final int MOST_FAILURES = 10;
    private static final long LOCKED_MILLIS = 60_000;
    private static final int MOST_SOURCES = 10_000;

    private record Stored(TokenInfo info, Digest hash) {

        boolean matches(Digest presented) {
            return MessageDigest.isEqual(hash.bytes(), presented.bytes());
        }

        Caller caller() {
            return new Caller(info.id(), info.name(), info.roles());
        }
    }

    private final Jdbi database;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Cache<String, Stored> cache;
    private final AttemptLimiter limiter = new AttemptLimiter(MOST_FAILURES, LOCKED_MILLIS, MOST_SOURCES);

    public StoredTokens(MetadataDatabase database, InstantSource clock, SecureRandom random) {
        this.database = database.migrated("trust");
        this.clock = clock;
        this.random = random;
        this.cache = Caffeine.newBuilder()
                .maximumSize(CACHED_TOKENS)
                .expireAfterWrite(CACHED_FOR)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .build();
    }

    @Override
    public Created create(String name, Set<Role> roles, Optional<Long> expiresMicros) {
        long now = now();
        check(name, roles, expiresMicros, now);
        String secret = TokenText.next(random);
        Digest hash = Digest.of(secret);
        TokenInfo info = new TokenInfo(id(hash), name, roles, now, expiresMicros, Optional.empty(), Optional.empty());
        database.useHandle(handle -> handle.createUpdate(
                        "INSERT INTO api_token (id, hash, name, roles, created_micros, expires_micros)"
                                + " VALUES (:id, :hash, :name, :roles, :created, :expires)")
                .bind("id", info.id())
                .bind("hash", hash.hex())
                .bind("name", name)
                .bind("roles", roles.stream().map(Role::name).sorted().collect(Collectors.joining(",")))
                .bind("created", now)
                .bind("expires", expiresMicros.orElse(null))
                .execute());
        return new Created(secret, info);
    }

    private static void check(String name, Set<Role> roles, Optional<Long> expiresMicros, long now) {
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            throw TrustProblem.badToken("its name must have 1 to " + MAX_NAME_LENGTH + " characters");
        }
        if (roles.isEmpty()) {
            throw TrustProblem.badToken("it needs at least one role of " + List.of(Role.values()));
        }
        if (expiresMicros.isPresent() && expiresMicros.get() <= now) {
            throw TrustProblem.badToken("it would expire at " + Times.instant(expiresMicros.get()) + ", which is past");
        }
    }

    @Override
    public Caller authenticate(@Nullable String presented, String source) {
        long waitMillis = limiter.waitMillis(source, clock.millis());
        if (waitMillis > 0) {
            throw TrustProblem.tooManyAttempts(waitMillis);
        }
        if (presented == null || presented.isEmpty()) {
            throw TrustProblem.missingToken();
        }
        Stored stored = known(presented);
        if (stored == null) {
            limiter.failed(source, clock.millis());
            throw TrustProblem.wrongToken();
        }
        return admitted(stored);
    }

    private @Nullable Stored known(String presented) {
        if (!TokenText.wellFormed(presented)) {
            return null;
        }
        Digest hash = Digest.of(presented);
        Stored stored = cache.get(id(hash), this::find);
        return stored != null && stored.matches(hash) ? stored : null;
    }

    private Caller admitted(Stored stored) {
        if (stored.info.revokedMicros().isPresent()) {
            throw TrustProblem.revokedToken(stored.info);
        }
        long now = now();
        if (stored.info.expired(now)) {
            throw TrustProblem.expiredToken(stored.info);
        }
        used(stored.info, now);
        return stored.caller();
    }

    /** That the use could not be noted, on a full disk, is no reason to turn anyone away. */
    private void used(TokenInfo info, long now) {
        try {
            touch(info, now);
        } catch (JdbiException unwritable) {
            LOG.log(System.Logger.Level.WARNING, "the use of token {0} could not be noted", info.id());
        }
    }

    /** Once a minute at most: a write for each request would cost more than the request. */
    private void touch(TokenInfo info, long now) {
        if (info.lastUsedMicros().isPresent() && now - info.lastUsedMicros().get() < USE_RESOLUTION_MICROS) {
            return;
        }
        database.useHandle(handle -> handle.createUpdate("UPDATE api_token SET last_used_micros = :now WHERE id = :id")
                .bind("now", now)
                .bind("id", info.id())
                .execute());
        cache.invalidate(info.id());
    }

    @Override
    public TokenInfo revoke(String id) {
        database.useHandle(handle -> handle.createUpdate(
                        "UPDATE api_token SET revoked_micros = :now WHERE id = :id AND revoked_micros IS NULL")
                .bind("now", now())
                .bind("id", id)
                .execute());
        cache.invalidate(id);
        Stored stored = find(id);
        if (stored == null) {
            throw TrustProblem.unknownToken(id);
        }
        return stored.info;
    }

    @Override
    public List<TokenInfo> list() {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM api_token ORDER BY created_micros, id")
                .map((row, _) -> stored(row).info)
                .list());
    }

    @Override
    public boolean configured() {
        return database.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM api_token")
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    private @Nullable Stored find(String id) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM api_token WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne()
                .orElse(null));
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Set<Role> roles =
                Stream.of(row.getString("roles").split(",")).map(Role::valueOf).collect(Collectors.toSet());
        TokenInfo info = new TokenInfo(
                row.getString("id"),
                row.getString("name"),
                roles,
                row.getLong("created_micros"),
                micros(row, "expires_micros"),
                micros(row, "revoked_micros"),
                micros(row, "last_used_micros"));
        return new Stored(info, new Digest(row.getString("hash")));
    }

    private static Optional<Long> micros(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private static String id(Digest hash) {
        return hash.hex().substring(0, ID_LENGTH);
    }

    private long now() {
        return Times.micros(clock.instant());
    }
}
