package io.dougong.trust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dougong.kernel.Digest;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Times;
import io.dougong.trust.Caller;
import io.dougong.trust.FixedRandom;
import io.dougong.trust.ManualClock;
import io.dougong.trust.Permission;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import io.dougong.trust.TokenText;
import io.dougong.trust.Tokens;
import io.dougong.trust.TrustProblem;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTokensTest {

    private static final String HERE = "127.0.0.1";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Tokens tokens;

    @BeforeEach
    void open() {
        tokens = new StoredTokens(MetadataDatabase.open(folder.resolve("meta.db")), clock, new FixedRandom(1));
    }

    private Tokens.Created decider() {
        return tokens.create("scoring", Set.of(Role.DECIDER), Optional.empty());
    }

    @Test
    void aNewTokenIsAdmittedWithItsRoles() {
        Tokens.Created created = decider();
        Caller caller = tokens.authenticate(created.secret(), HERE);
        assertThat(caller).isEqualTo(new Caller(created.info().id(), "scoring", Set.of(Role.DECIDER)));
    }

    @Test
    void theSecretIsNeitherListedNorPrintedNorStored() throws IOException {
        String secret = decider().secret();
        assertThat(tokens.list().toString()).doesNotContain(secret);
        assertThat(decider().toString()).doesNotContain("dgt_");
        for (Path file : ChainBytes.files(folder)) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(secret.substring(4, 47));
        }
    }

    @Test
    void aWrongAndAnUnknownTokenAreAnsweredTheSame() {
        String secret = decider().secret();
        String mistyped = secret.substring(0, 10) + (secret.charAt(10) == 'x' ? 'y' : 'x') + secret.substring(11);
        String unknown = TokenText.next(new FixedRandom(99));
        TrustProblem wrong = refusal(mistyped);
        assertThat(refusal(unknown).getMessage()).isEqualTo(wrong.getMessage());
        assertThat(refusal(unknown).code()).isEqualTo(wrong.code()).isEqualTo("token-wrong");
        assertThat(refusal("Bearer").getMessage()).isEqualTo(wrong.getMessage());
    }

    private TrustProblem refusal(String presented) {
        return catchThrowableOfType(TrustProblem.Unauthenticated.class, () -> tokens.authenticate(presented, HERE));
    }

    @Test
    void noTokenIsAnsweredWithHowToSendOne() {
        assertThat(refusal("").code()).isEqualTo("token-missing");
        assertThatThrownBy(() -> tokens.authenticate(null, HERE)).hasMessageContaining("needs a token");
    }

    @Test
    void anExpiredTokenIsRefusedFromItsMomentOn() {
        long expires = Times.micros(clock.instant()) + 1_000_000;
        String secret = tokens.create("short", Set.of(Role.AUDITOR), Optional.of(expires))
                .secret();
        tokens.authenticate(secret, HERE);
        clock.advance(Duration.ofSeconds(1));
        assertThat(refusal(secret).code()).isEqualTo("token-expired");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAndStaysInTheList() {
        Tokens.Created created = decider();
        tokens.authenticate(created.secret(), HERE);
        tokens.authenticate(created.secret(), HERE);
        TokenInfo revoked = tokens.revoke(created.info().id());
        assertThat(refusal(created.secret()).code()).isEqualTo("token-revoked");
        assertThat(tokens.list()).containsExactly(revoked);
        clock.advance(Duration.ofDays(1));
        assertThat(tokens.revoke(created.info().id()).revokedMicros()).isEqualTo(revoked.revokedMicros());
    }

    @Test
    void revokingAnUnknownTokenSaysSo() {
        assertThatThrownBy(() -> tokens.revoke("0000")).hasMessageContaining("no token '0000'");
    }

    @Test
    void theWrongRoleIsDeniedAndTheRightOneNamed() {
        Caller caller = tokens.authenticate(decider().secret(), HERE);
        caller.require(Permission.DECIDE);
        assertThatThrownBy(() -> caller.require(Permission.MANAGE_TOKENS))
                .isInstanceOf(TrustProblem.Denied.class)
                .hasMessageContaining("MANAGE_TOKENS needs ADMIN");
        assertThatThrownBy(() -> caller.require(Permission.VERIFY_AUDIT)).hasMessageContaining("ADMIN or AUDITOR");
    }

    @Test
    void wrongTokensLockTheirSourceForAMinuteAndNobodyElse() {
        String secret = decider().secret();
        for (int i = 0; i < 10; i++) {
            assertThat(refusal("wrong").code()).isEqualTo("token-wrong");
        }
        assertThatThrownBy(() -> tokens.authenticate(secret, HERE))
                .isInstanceOfSatisfying(
                        TrustProblem.TooManyAttempts.class,
                        locked -> assertThat(locked.retryAfterMillis()).isEqualTo(60_000));
        assertThat(tokens.authenticate(secret, "10.0.0.9").name()).isEqualTo("scoring");
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.authenticate(secret, HERE).name()).isEqualTo("scoring");
    }

    @Test
    void countingAttemptsTakesBoundedMemory() {
        AttemptLimiter limiter = new AttemptLimiter(1, 1000, 50);
        for (int i = 0; i < 1_000; i++) {
            limiter.failed("source " + i, 0);
        }
        assertThat(limiter.sources()).isEqualTo(50);
        assertThat(limiter.waitMillis("source 999", 400)).isEqualTo(600);
        assertThat(limiter.waitMillis("source 0", 400)).isZero();
    }

    @Test
    void lastUseIsKeptToTheMinute() {
        String secret = decider().secret();
        long first = Times.micros(clock.instant());
        tokens.authenticate(secret, HERE);
        clock.advance(Duration.ofSeconds(59));
        tokens.authenticate(secret, HERE);
        assertThat(tokens.list().getFirst().lastUsedMicros()).contains(first);
        clock.advance(Duration.ofSeconds(1));
        tokens.authenticate(secret, HERE);
        assertThat(tokens.list().getFirst().lastUsedMicros()).contains(first + 60_000_000);
    }

    @Test
    void aTokenRevokedByAnotherNodeStopsWithinTenSeconds() {
        Tokens.Created created = decider();
        tokens.authenticate(created.secret(), HERE);
        tokens.authenticate(created.secret(), HERE);
        new StoredTokens(MetadataDatabase.open(folder.resolve("meta.db")), clock, new FixedRandom(2))
                .revoke(created.info().id());
        clock.advance(Duration.ofSeconds(10));
        assertThat(refusal(created.secret()).code()).isEqualTo("token-revoked");
    }

    @Test
    void tokensOutliveTheProcess() {
        assertThat(tokens.configured()).isFalse();
        String secret = decider().secret();
        open();
        assertThat(tokens.configured()).isTrue();
        assertThat(tokens.authenticate(secret, HERE).name()).isEqualTo("scoring");
    }

    @Test
    void aTokenWithoutNameRoleOrFutureIsNotMade() {
        assertThatThrownBy(() -> tokens.create(" ", Set.of(Role.ADMIN), Optional.empty()))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> tokens.create("x", Set.of(), Optional.empty())).hasMessageContaining("role");
        assertThatThrownBy(() -> tokens.create("x", Set.of(Role.ADMIN), Optional.of(1L)))
                .hasMessageContaining("1970");
        assertThat(tokens.list()).isEmpty();
    }

    /** Two tokens with one id differ in the rest of the hash; that rest is what the comparison must look at. */
    @Test
    void theWholeHashDecidesNotTheIdAlone() {
        String secret = decider().secret();
        String hash = Digest.of(secret).hex();
        String other = hash.substring(0, 16) + "0".repeat(48);
        MetadataDatabase.open(folder.resolve("meta.db"))
                .migrated("trust")
                .useHandle(handle ->
                        handle.execute("UPDATE api_token SET hash = ? WHERE id = ?", other, hash.substring(0, 16)));
        open();
        assertThat(refusal(secret).code()).isEqualTo("token-wrong");
    }

    @Test
    void hashesAreComparedInConstantTime() throws IOException {
        String name = "/io/dougong/trust/embedded/StoredTokens$Stored.class";
        try (var bytes = StoredTokensTest.class.getResourceAsStream(name)) {
            boolean constantTime = ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
                    .filter(method -> method.methodName().equalsString("matches"))
                    .flatMap(method -> method.code().orElseThrow().elementStream())
                    .anyMatch(element -> element instanceof InvokeInstruction call
                            && call.owner().asInternalName().equals("java/security/MessageDigest")
                            && call.name().equalsString("isEqual"));
            assertThat(constantTime).isTrue();
        }
    }
}
