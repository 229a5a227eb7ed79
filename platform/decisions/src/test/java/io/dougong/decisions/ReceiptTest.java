package io.dougong.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    private final Key key = new Key();
    private final Receipt receipt = Receipt.issue(DecisionCodec.bytes(Samples.late()), "_decisions/0@17", 5, key);

    @Test
    void anUntouchedReceiptGivesTheDecisionBack() {
        Receipt carried = Receipt.fromJson(receipt.toJson());
        assertThat(carried.verified(key.id()::equals)).isEqualTo(Samples.late());
    }

    @Test
    void aChangedRecordIsFound() {
        String forged = new String(DecisionCodec.bytes(Samples.late()), StandardCharsets.UTF_8).replace("SFO", "LAX");
        Receipt changed = copy(forged, receipt.digest(), receipt.position());
        assertThatThrownBy(() -> changed.verified(key.id()::equals)).hasMessageContaining("digest");
    }

    @Test
    void aChangedRecordWithItsOwnDigestIsFoundByTheSignature() {
        String forged = new String(DecisionCodec.bytes(Samples.late()), StandardCharsets.UTF_8).replace("SFO", "LAX");
        Receipt changed = copy(forged, Digest.of(forged).hex(), receipt.position());
        assertThatThrownBy(() -> changed.verified(key.id()::equals)).hasMessageContaining("signature");
    }

    @Test
    void aMovedPositionIsFoundByTheSignature() {
        String same = new String(DecisionCodec.bytes(Samples.late()), StandardCharsets.UTF_8);
        Receipt moved = copy(same, receipt.digest(), "_decisions/0@18");
        assertThatThrownBy(() -> moved.verified(key.id()::equals)).hasMessageContaining("signature");
    }

    @Test
    void aReceiptSignedByAStrangerIsNotTrusted() {
        Receipt strange = Receipt.issue(DecisionCodec.bytes(Samples.late()), "_decisions/0@17", 5, new Key());
        assertThatThrownBy(() -> strange.verified(key.id()::equals)).hasMessageContaining("not one you trust");
    }

    @Test
    void somethingElseIsNotAReceipt() {
        assertThatThrownBy(() -> Receipt.fromJson("{\"hello\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DecisionProblem.class);
    }

    private Receipt copy(String record, String digest, String position) {
        return new Receipt(
                receipt.v(),
                Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8)),
                digest,
                position,
                receipt.issuedMicros(),
                receipt.keyId(),
                receipt.publicKey(),
                receipt.signature());
    }

    private static final class Key implements Receipt.Signatory {

        private final KeyPair pair;

        Key() {
            try {
                pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        String id() {
            return Digest.of(pair.getPublic().getEncoded()).hex();
        }

        @Override
        public PublicKey publicKey() {
            return pair.getPublic();
        }

        @Override
        public byte[] sign(byte[] bytes) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(bytes);
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
