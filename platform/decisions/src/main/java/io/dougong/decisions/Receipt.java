package io.dougong.decisions;

import io.dougong.kernel.Digest;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.function.Predicate;

/**
 * A decision that a third party can check without the server: the record's own bytes, their digest, where they stand in the
 * log, and an Ed25519 signature (RFC 8032) over all of it.
 *
 * @param v version of the receipt
 * @param record the decision record, exactly as it is in the log (base64)
 * @param position where it is in the log, e.g. {@code _decisions/0@17}
 * @param publicKey X.509 SubjectPublicKeyInfo (base64); compare it, or its key id, with the one you were given
 * @param signature over {@link #signed} (base64)
 */
public record Receipt(
        int v,
        String record,
        String digest,
        String position,
        long issuedMicros,
        String keyId,
        String publicKey,
        String signature) {

    private static final int VERSION = 1;

    /** Signs with a private key that it does not show. */
    public interface Signatory {
        PublicKey publicKey();

        byte[] sign(byte[] bytes);
    }

    public static Receipt issue(byte[] record, String position, long issuedMicros, Signatory signatory) {
        byte[] key = signatory.publicKey().getEncoded();
        String digest = Digest.of(record).hex();
        String keyId = Digest.of(key).hex();
        byte[] signature = signatory.sign(signed(digest, position, issuedMicros, keyId));
        return new Receipt(
                VERSION, base64(record), digest, position, issuedMicros, keyId, base64(key), base64(signature));
    }

    /**
     * The decision in the receipt, if nothing in it was changed since it was signed.
     *
     * @param trusted whether the signer's key id is one you trust, e.g. {@code trustedIds::contains}
     */
    public Decision verified(Predicate<String> trusted) {
        byte[] bytes = decode(record, "record");
        byte[] key = decode(publicKey, "publicKey");
        require(v == VERSION, "version " + v + " is unknown");
        require(Digest.of(bytes).hex().equals(digest), "the record does not have the digest " + digest);
        require(Digest.of(key).hex().equals(keyId), "the public key does not have the id " + keyId);
        require(signatureHolds(key), "the signature is not of this content and key");
        require(trusted.test(keyId), "the key " + keyId + " is not one you trust");
        return DecisionReader.read(bytes);
    }

    private boolean signatureHolds(byte[] key) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            verifier.update(signed(digest, position, issuedMicros, keyId));
            return verifier.verify(decode(signature, "signature"));
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static byte[] signed(String digest, String position, long issuedMicros, String keyId) {
        String statement = String.join("\n", "dougong-receipt-1", digest, position, Long.toString(issuedMicros), keyId);
        return statement.getBytes(StandardCharsets.UTF_8);
    }

    public byte[] toJson() {
        return Json.bytes(this);
    }

    public static Receipt fromJson(byte[] json) {
        try {
            return Json.read(json, Receipt.class);
        } catch (InvalidValue notOne) {
            throw DecisionProblem.badReceipt("it is not a receipt (" + notOne.getMessage() + ")");
        }
    }

    private static void require(boolean condition, String why) {
        if (!condition) {
            throw DecisionProblem.badReceipt(why);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text, String field) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw DecisionProblem.badReceipt("'" + field + "' is not base64");
        }
    }
}
