package io.dougong.trust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Digest;
import io.dougong.trust.FixedRandom;
import io.dougong.trust.FixedSigner;
import io.dougong.trust.Signer;
import io.dougong.trust.TrustProblem;
import io.dougong.trust.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSignerTest {

    private static final byte[] MESSAGE = "decided".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Signer signer() {
        return new FileSigner(folder, new FixedRandom(9));
    }

    @Test
    void aSignatureVerifiesWithThePublicKeyAloneAndWithNothingElse() {
        Signer signer = signer();
        byte[] signature = signer.sign(MESSAGE);
        VerificationKey offline = VerificationKey.fromPem(signer.current().toPem());
        assertThat(offline).isEqualTo(signer.current());
        assertThat(offline.verifies(MESSAGE, signature)).isTrue();
        assertThat(offline.verifies("denied".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(new FixedSigner().current().verifies(MESSAGE, signature)).isFalse();
        assertThat(offline.verifies(MESSAGE, new byte[3])).isFalse();
    }

    @Test
    void theKeyOutlivesTheProcess() {
        VerificationKey first = signer().current();
        assertThat(signer().current()).isEqualTo(first);
        assertThat(first.id())
                .isEqualTo(Digest.of(first.publicKey().getEncoded()).hex());
    }

    @Test
    void afterRotationOldSignaturesStillVerifyAndTheOldPrivateKeyIsGone() throws IOException {
        Signer signer = signer();
        VerificationKey old = signer.current();
        byte[] signature = signer.sign(MESSAGE);
        VerificationKey fresh = signer.rotate();
        assertThat(fresh).isNotEqualTo(old).isEqualTo(signer.current());
        assertThat(fresh.verifies(MESSAGE, signer.sign(MESSAGE))).isTrue();
        assertThat(signer().keys()).containsExactly(old, fresh);
        assertThat(signer().key(old.id()).orElseThrow().verifies(MESSAGE, signature))
                .isTrue();
        assertThat(folder.resolve("1.key")).doesNotExist();
    }

    @Test
    void aRotationInterruptedBeforeItsPrivateKeyWasThereIsAsIfItHadNotBegun() throws IOException {
        VerificationKey first = signer().current();
        Files.writeString(folder.resolve("2.pub"), new FixedSigner().current().toPem());
        assertThat(signer().keys()).containsExactly(first);
    }

    @Test
    void aRotationInterruptedBeforeTheOldKeyWasDestroyedIsFinished() throws IOException {
        Signer signer = signer();
        byte[] old = Files.readAllBytes(folder.resolve("1.key"));
        VerificationKey fresh = signer.rotate();
        Files.write(folder.resolve("1.key"), old);
        assertThat(signer().current()).isEqualTo(fresh);
        assertThat(folder.resolve("1.key")).doesNotExist();
    }

    @Test
    void thePrivateKeyIsForItsOwnerOnlyAndRefusedIfNot() throws IOException {
        signer();
        Path file = folder.resolve("1.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
        assertThatThrownBy(this::signer)
                .isInstanceOf(TrustProblem.Refused.class)
                .hasMessageContaining("rw----r--");
    }

    @Test
    void aPublicKeyThatDoesNotBelongIsRefused() throws IOException {
        signer();
        Files.writeString(folder.resolve("1.pub"), new FixedSigner().current().toPem());
        assertThatThrownBy(this::signer).hasMessageContaining("does not belong");
    }

    /** RFC 8032, 7.1, test 1. */
    @Test
    void theSignatureOfTheStandardVerifies() {
        byte[] signature = HexFormat.of()
                .parseHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(new FixedSigner().current().verifies(new byte[0], signature)).isTrue();
    }

    /** RFC 8037, A.2. */
    @Test
    void thePublicKeyAsJwkIsTheOneOfTheStandard() {
        assertThat(new FixedSigner().current().toJwk())
                .contains(
                        "\"kty\":\"OKP\"",
                        "\"crv\":\"Ed25519\"",
                        "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"");
    }
}
