package io.dougong.trust;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals personal values so that they can lie in an append-only log and a person can still be erased.
 *
 * <p>Each value is encrypted with AES-256-GCM under the key of its subject, with a random 96-bit nonce. Subject and field name
 * are authenticated with it, so that a value moved to another person or another field does not open. Destroying the key
 * makes every copy of every value of that person unreadable at once, in log, lake, backup and replica, while each record's
 * bytes, and so its digest in the audit chain, stay the same ("crypto-shredding"). Random nonces allow 2^32 values per subject
 * (NIST SP 800-38D, 8.3).
 */
public final class Vault {

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] DOMAIN = "dougong-seal-1".getBytes(StandardCharsets.UTF_8);

    private final SubjectKeys keys;
    private final SecureRandom random;

    public Vault(SubjectKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    public Sealed seal(String subject, String field, byte[] value) {
        DataKey key = keys.sealingKey(subject);
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, subject, field);
            ByteBuffer payload = ByteBuffer.allocate(NONCE_LENGTH + cipher.getOutputSize(value.length));
            cipher.doFinal(ByteBuffer.wrap(value), payload.put(nonce));
            return Sealed.of(key.id(), payload.array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM refused to encrypt", impossible);
        }
    }

    /** @throws TrustProblem.Refused if the value was changed, or sealed for another subject, field or node */
    public Opened open(String subject, String field, Sealed sealed) {
        return switch (keys.find(sealed.keyId())
                .orElseThrow(() -> TrustProblem.badSealedValue("its key was not made here"))) {
            case SubjectKeys.Found.Erased gone -> new Opened.Erased(gone.keyId(), gone.erasedMicros());
            case SubjectKeys.Found.Present present ->
                new Opened.Clear(decrypt(present.key(), subject, field, sealed.payload()));
        };
    }

    private static byte[] decrypt(DataKey key, String subject, String field, byte[] payload) {
        if (payload.length < NONCE_LENGTH + TAG_BITS / Byte.SIZE) {
            throw TrustProblem.badSealedValue("it is too short");
        }
        try {
            byte[] nonce = java.util.Arrays.copyOf(payload, NONCE_LENGTH);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, subject, field);
            return cipher.doFinal(payload, NONCE_LENGTH, payload.length - NONCE_LENGTH);
        } catch (AEADBadTagException changed) {
            throw TrustProblem.badSealedValue("it was changed, or belongs to another subject or field");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM refused to decrypt", impossible);
        }
    }

    private static Cipher cipher(int mode, DataKey key, byte[] nonce, String subject, String field)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated(subject, field));
        return cipher;
    }

    /** Lengths before texts: no two pairs give the same bytes. */
    private static byte[] associated(String subject, String field) {
        byte[] subjectBytes = subject.getBytes(StandardCharsets.UTF_8);
        byte[] fieldBytes = field.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(DOMAIN.length + 2 * Integer.BYTES + subjectBytes.length + fieldBytes.length)
                .put(DOMAIN)
                .putInt(subjectBytes.length)
                .put(subjectBytes)
                .putInt(fieldBytes.length)
                .put(fieldBytes)
                .array();
    }

    public ErasureCertificate erase(String subject) {
        return keys.erase(subject);
    }

    public String pseudonym(String subject) {
        return keys.pseudonym(subject);
    }
}
