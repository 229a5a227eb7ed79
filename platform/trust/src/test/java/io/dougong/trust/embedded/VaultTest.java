package io.dougong.trust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Times;
import io.dougong.trust.ErasureCertificate;
import io.dougong.trust.FixedRandom;
import io.dougong.trust.ManualClock;
import io.dougong.trust.MasterKey;
import io.dougong.trust.Opened;
import io.dougong.trust.Sealed;
import io.dougong.trust.SubjectKeys;
import io.dougong.trust.TrustProblem;
import io.dougong.trust.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final String ANNA = "anna.karenina@example.org";
    private static final String LEVIN = "konstantin.levin@example.org";
    private static final int FEW_CACHED = 2;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private long seed = 10;
    private StoredSubjectKeys keys;
    private Vault vault;

    @BeforeEach
    void open() {
        MasterKey master = MasterKeyFile.open(folder, new FixedRandom(1));
        keys = new StoredSubjectKeys(folder, master, clock, new FixedRandom(seed++), FEW_CACHED);
        vault = new Vault(keys, new FixedRandom(3));
    }

    @AfterEach
    void close() {
        keys.close();
    }

    private Sealed seal(String subject, String value) {
        return vault.seal(subject, "income", bytes(value));
    }

    private String opened(String subject, Sealed sealed) {
        return switch (vault.open(subject, "income", sealed)) {
            case Opened.Clear clear -> new String(clear.bytes(), StandardCharsets.UTF_8);
            case Opened.Erased _ -> "erased";
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasSealedOpensAlsoAfterARestartAndWithMoreSubjectsThanTheCacheHolds() {
        List<Sealed> sealed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sealed.add(seal("subject " + i, "value " + i));
        }
        close();
        open();
        for (int i = 0; i < 20; i++) {
            assertThat(opened("subject " + i, Sealed.parse(sealed.get(i).text())))
                    .isEqualTo("value " + i);
        }
    }

    @Test
    void theSameValueIsSealedDifferentlyEachTimeUnderOneKey() {
        Sealed first = seal(ANNA, "100");
        Sealed second = seal(ANNA, "100");
        assertThat(first.text()).startsWith("enc:v1:").isNotEqualTo(second.text());
        assertThat(first.keyId())
                .isEqualTo(second.keyId())
                .isNotEqualTo(seal(LEVIN, "100").keyId());
    }

    @Test
    void aValueMovedToAnotherSubjectOrFieldDoesNotOpen() {
        Sealed sealed = seal(ANNA, "100");
        seal(LEVIN, "1");
        assertThatThrownBy(() -> vault.open(LEVIN, "income", sealed)).isInstanceOf(TrustProblem.Refused.class);
        assertThatThrownBy(() -> vault.open(ANNA, "age", sealed)).isInstanceOf(TrustProblem.Refused.class);
    }

    @Test
    void anyBitFlippedInASealedValueIsRefused() {
        Sealed sealed = seal(ANNA, "100");
        byte[] payload = sealed.payload();
        for (int bit = 0; bit < payload.length * 8; bit++) {
            byte[] changed = payload.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Sealed forged = Sealed.of(sealed.keyId(), changed);
            assertThatThrownBy(() -> opened(ANNA, forged)).isInstanceOf(TrustProblem.Refused.class);
        }
    }

    @Test
    void anyCharacterChangedInTheTextIsRefused() {
        String text = seal(ANNA, "100").text();
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertThatThrownBy(() -> opened(ANNA, Sealed.parse(changed)))
                    .as(changed)
                    .isInstanceOf(TrustProblem.Refused.class);
        }
    }

    @Test
    void anErasedPersonsValuesAnswerErasedAndOthersOpen() {
        Sealed anna = seal(ANNA, "100");
        Sealed levin = seal(LEVIN, "200");
        ErasureCertificate certificate = vault.erase(ANNA);
        long now = Times.micros(clock.instant());
        assertThat(certificate).isEqualTo(new ErasureCertificate(vault.pseudonym(ANNA), List.of(anna.keyId()), now));
        assertThat(vault.open(ANNA, "income", anna)).isEqualTo(new Opened.Erased(anna.keyId(), now));
        assertThat(opened(LEVIN, levin)).isEqualTo("200");
        close();
        open();
        assertThat(opened(ANNA, anna)).isEqualTo("erased");
        assertThat(opened(LEVIN, levin)).isEqualTo("200");
    }

    @Test
    void erasingAgainGivesTheSameCertificate() {
        seal(ANNA, "100");
        ErasureCertificate first = vault.erase(ANNA);
        clock.advance(Duration.ofDays(1));
        assertThat(vault.erase(ANNA)).isEqualTo(first);
        assertThat(vault.erase("nobody").keyIds()).isEmpty();
    }

    @Test
    void whoComesBackGetsANewKeyAndTheOldValuesStayErased() {
        Sealed before = seal(ANNA, "100");
        vault.erase(ANNA);
        clock.advance(Duration.ofDays(1));
        Sealed after = seal(ANNA, "300");
        assertThat(after.keyId()).isNotEqualTo(before.keyId());
        assertThat(opened(ANNA, before)).isEqualTo("erased");
        assertThat(opened(ANNA, after)).isEqualTo("300");
        assertThat(vault.erase(ANNA).keyIds()).containsExactly(before.keyId(), after.keyId());
    }

    @Test
    void afterErasureNoFileHoldsThePlaintextTheKeyTheWrappedKeyOrTheName() throws IOException {
        for (int i = 0; i < 300; i++) {
            seal("neighbour " + i, "1");
        }
        Sealed sealed = seal(ANNA, "annas-secret-income");
        Files.writeString(folder.resolve("log.json"), sealed.text());
        byte[] key = keys.sealingKey(ANNA).key().getEncoded();
        byte[] wrapped = wrapped(sealed.keyId());
        assertThat(filesHolding(wrapped)).isNotEmpty();

        vault.erase(ANNA);
        for (byte[] secret : List.of(
                key,
                bytes(HexFormat.of().formatHex(key)),
                bytes(Base64.getEncoder().encodeToString(key)),
                wrapped,
                bytes(ANNA),
                bytes("annas-secret-income"))) {
            assertThat(filesHolding(secret)).isEmpty();
        }
        assertThat(filesHolding(bytes("neighbour 7"))).isEmpty();
        assertThat(opened(ANNA, sealed)).isEqualTo("erased");
    }

    private byte[] wrapped(String keyId) {
        return MetadataDatabase.open(folder.resolve("subjects.db"))
                .migrated("vault")
                .withHandle(handle -> handle.createQuery("SELECT wrapped FROM subject_key WHERE key_id = ?")
                        .bind(0, keyId)
                        .map((row, _) -> row.getBytes(1))
                        .one());
    }

    private List<Path> filesHolding(byte[] sought) throws IOException {
        String needle = new String(sought, StandardCharsets.ISO_8859_1);
        List<Path> holding = new ArrayList<>();
        for (Path file : ChainBytes.files(folder)) {
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(needle)) {
                holding.add(file);
            }
        }
        return holding;
    }

    @Test
    void anErasureThatWasInterruptedBeforeTheFileWasRewrittenIsFinishedAtTheNextStart() throws IOException {
        Sealed sealed = seal(ANNA, "100");
        byte[] wrapped = wrapped(sealed.keyId());
        close();
        KeyWrap wrap = new KeyWrap(MasterKeyFile.open(folder, new FixedRandom(1)), new FixedRandom(5));
        Path file = folder.resolve("subjects.db");
        try (SubjectKeyTable table = new SubjectKeyTable(MetadataDatabase.open(file), wrap)) {
            table.destroy(wrap.pseudonym(ANNA), 1);
            assertThat(table.unscrubbed()).isTrue();
        }
        open();
        assertThat(filesHolding(wrapped)).isEmpty();
        assertThat(opened(ANNA, sealed)).isEqualTo("erased");
        MetadataDatabase.open(file)
                .migrated("vault")
                .useHandle(handle -> assertThat(handle.createQuery("SELECT scrubbed FROM erased_key")
                                .mapTo(Integer.class)
                                .list())
                        .containsExactly(1));
    }

    @Test
    void aFileThatSomebodyReadsIsRewrittenLaterButTheKeyIsGoneAtOnce() throws IOException {
        Sealed sealed = seal(ANNA, "100");
        byte[] wrapped = wrapped(sealed.keyId());
        Jdbi other = MetadataDatabase.open(folder.resolve("subjects.db")).migrated("vault");
        try (Handle reader = other.open()) {
            reader.begin();
            reader.createQuery("SELECT COUNT(*) FROM subject_key")
                    .mapTo(Integer.class)
                    .one();
            assertThatThrownBy(() -> vault.erase(ANNA))
                    .isInstanceOf(TrustProblem.Refused.class)
                    .hasMessageContaining("cannot be used again");
            assertThat(opened(ANNA, sealed)).isEqualTo("erased");
            reader.rollback();
        }
        assertThat(vault.erase(ANNA).keyIds()).containsExactly(sealed.keyId());
        assertThat(filesHolding(wrapped)).isEmpty();
    }

    @Test
    void anErasureIsAppliedAgainAfterABackupBroughtTheKeyBack() throws IOException {
        Sealed before = seal(ANNA, "100");
        close();
        byte[] backup = Files.readAllBytes(folder.resolve("subjects.db"));
        open();
        vault.erase(ANNA);
        Sealed later = seal(ANNA, "200");
        ErasureCertificate certificate = vault.erase(ANNA);
        close();
        Files.write(folder.resolve("subjects.db"), backup);
        open();
        assertThat(opened(ANNA, before)).isEqualTo("100");
        byte[] wrapped = wrapped(before.keyId());
        keys.reapply(certificate);
        assertThat(opened(ANNA, before)).isEqualTo("erased");
        assertThat(opened(ANNA, later)).isEqualTo("erased");
        assertThat(filesHolding(wrapped)).isEmpty();
        Sealed returned = seal(ANNA, "300");
        keys.reapply(certificate);
        assertThat(opened(ANNA, returned)).isEqualTo("300");
    }

    @Test
    void whatIsSealedWhileOthersEraseEitherOpensOrIsErasedAndTheLastErasureWins() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Sealed> sealed = java.util.Collections.synchronizedList(new ArrayList<>());
        List<FutureTask<Integer>> sealers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sealers.add(new FutureTask<>(() -> {
                while (!stop.get() && sealed.size() < 20_000) {
                    Sealed one = seal(ANNA, "100");
                    sealed.add(one);
                    assertThat(opened(ANNA, one)).isIn("100", "erased");
                }
                return sealed.size();
            }));
            Thread.ofVirtual().start(sealers.getLast());
        }
        for (int i = 0; i < 20; i++) {
            vault.erase(ANNA);
        }
        stop.set(true);
        for (FutureTask<Integer> sealer : sealers) {
            assertThat(sealer.get()).isPositive();
        }
        vault.erase(ANNA);
        assertThat(sealed).isNotEmpty();
        for (Sealed one : sealed) {
            assertThat(opened(ANNA, one)).isEqualTo("erased");
        }
    }

    @Test
    void anotherMasterKeyIsRefusedInsteadOfMakingNewPseudonyms() {
        seal(ANNA, "100");
        MasterKey other = MasterKey.random(new FixedRandom(77));
        assertThatThrownBy(() -> new StoredSubjectKeys(folder, other, clock, new FixedRandom(1), FEW_CACHED))
                .isInstanceOf(TrustProblem.Refused.class)
                .hasMessageContaining("master key");
    }

    @Test
    void preparedSubjectsHaveTheKeyThatTheyAreSealedWith() {
        keys.prepare(List.of("a", "b", "a"));
        String id = keys.sealingKey("a").id();
        assertThat(keys.find(id))
                .hasValueSatisfying(found -> assertThat(found)
                        .isInstanceOfSatisfying(
                                SubjectKeys.Found.Present.class,
                                present -> assertThat(present.key().id()).isEqualTo(id)));
        assertThat(keys.find("unknown")).isEmpty();
    }

    @Test
    void aKeyFileThatOthersMayReadIsRefused() throws IOException {
        Path file = folder.resolve("master.key");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> MasterKeyFile.open(folder, new FixedRandom(1)))
                .isInstanceOf(TrustProblem.Refused.class)
                .hasMessageContaining("rw-r-----");
    }

    @Test
    void aMasterKeyFromTheEnvironmentIsCheckedAndNeverPrinted() {
        String text = MasterKey.random(new FixedRandom(4)).toBase64();
        MasterKey master = MasterKey.parse(text + "\n", "DOUGONG_MASTER_KEY");
        assertThat(master.toString()).doesNotContain(text);
        assertThatThrownBy(() -> MasterKey.parse("c2hvcnQ=", "DOUGONG_MASTER_KEY"))
                .hasMessageContaining("DOUGONG_MASTER_KEY")
                .hasMessageContaining("5 bytes");
        assertThatThrownBy(() -> MasterKey.parse("§", "DOUGONG_MASTER_KEY")).hasMessageContaining("base64");
    }

    /** Sealed by the first release with master key, key and nonce from fixed randomness. */
    @Test
    void theSealedValueOfVersion1StaysReadableAndIsWrittenTheSame() throws IOException {
        Path fresh = Files.createDirectory(folder.resolve("golden"));
        MasterKey master = MasterKey.random(new FixedRandom(42));
        try (StoredSubjectKeys fixed = new StoredSubjectKeys(fresh, master, clock, new FixedRandom(44), FEW_CACHED)) {
            Vault golden = new Vault(fixed, new FixedRandom(43));
            String text = golden.seal("subject-1", "income", bytes("\"100\"")).text();
            assertThat(text).isEqualTo(resource("sealed-v1.txt"));
            assertThat(golden.open("subject-1", "income", Sealed.parse(text)))
                    .isInstanceOfSatisfying(
                            Opened.Clear.class,
                            clear -> assertThat(clear.bytes()).isEqualTo(bytes("\"100\"")));
            assertThat(golden.pseudonym("subject-1")).isEqualTo(resource("pseudonym-v1.txt"));
        }
    }

    private static String resource(String name) throws IOException {
        try (var golden = VaultTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(golden).isNotNull();
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
