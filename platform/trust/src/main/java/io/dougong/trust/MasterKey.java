package io.dougong.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 256-bit key under which a node's other keys lie. Never used itself: each purpose has a key derived from it
 * (HKDF-SHA256, RFC 5869), so that no two uses can meet.
 */
public final class MasterKey {

    private static final int LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static MasterKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** @param where named in the error, e.g. the file or the environment variable */
    public static MasterKey parse(String base64, String where) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException malformed) {
            throw TrustProblem.badKey(where, "it is not base64");
        }
        if (bytes.length != LENGTH) {
            throw TrustProblem.badKey(where, "it has " + bytes.length + " bytes, not " + LENGTH);
        }
        return new MasterKey(bytes);
    }

    /** For the key file, and for nothing else. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** An AES-256 key for this purpose. */
    public SecretKey encryptionKey(String purpose) {
        return new SecretKeySpec(derived(purpose), "AES");
    }

    /** An HMAC-SHA256 key for this purpose. */
    public SecretKey authenticationKey(String purpose) {
        return new SecretKeySpec(derived(purpose), HMAC);
    }

    /** HMAC-SHA256 of the message. */
    public static byte[] authenticationCode(SecretKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + HMAC, impossible);
        }
    }

    private byte[] derived(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(bytes)
                            .thenExpand(("dougong/" + purpose).getBytes(StandardCharsets.UTF_8), LENGTH));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[not shown]";
    }
}
