package io.dougong.trust.embedded;

import io.dougong.trust.DataKey;
import io.dougong.trust.MasterKey;
import io.dougong.trust.TrustProblem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes data keys and wraps them under the master key: 12 bytes of nonce, then AES-256-GCM of the key with its id and pseudonym
 * authenticated, 60 bytes in all.
 */
final class KeyWrap {

    private static final int KEY_LENGTH = 32;
    private static final int ID_LENGTH = 12;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey wrapping;
    private final SecretKey naming;
    private final String check;
    private final SecureRandom random;

    KeyWrap(MasterKey master, SecureRandom random) {
        this.wrapping = master.encryptionKey("wrap");
        this.naming = master.authenticationKey("pseudonym");
        this.check = code(master.authenticationKey("check"), "dougong");
        this.random = random;
    }

    /** Differs between master keys, and tells nothing about them. */
    String check() {
        return check;
    }

    String pseudonym(String subject) {
        return code(naming, subject);
    }

    private static String code(SecretKey key, String text) {
        return HexFormat.of().formatHex(MasterKey.authenticationCode(key, text.getBytes(StandardCharsets.UTF_8)));
    }

    DataKey next() {
        byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        return new DataKey(Base64.getUrlEncoder().withoutPadding().encodeToString(id), new SecretKeySpec(key, "AES"));
    }

    byte[] wrap(DataKey key, String pseudonym) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, key.id(), pseudonym)
                    .doFinal(key.key().getEncoded());
            byte[] wrapped = Arrays.copyOf(nonce, NONCE_LENGTH + sealed.length);
            System.arraycopy(sealed, 0, wrapped, NONCE_LENGTH, sealed.length);
            return wrapped;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM refused to encrypt", impossible);
        }
    }

    DataKey unwrap(String id, String pseudonym, byte[] wrapped) {
        try {
            byte[] nonce = Arrays.copyOf(wrapped, NONCE_LENGTH);
            byte[] key = cipher(Cipher.DECRYPT_MODE, nonce, id, pseudonym)
                    .doFinal(wrapped, NONCE_LENGTH, wrapped.length - NONCE_LENGTH);
            return new DataKey(id, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException | IllegalArgumentException changed) {
            throw TrustProblem.badKey("the table of subject keys, id " + id, "it was changed");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String id, String pseudonym) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, wrapping, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("dougong-key-1\n" + id + "\n" + pseudonym).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
