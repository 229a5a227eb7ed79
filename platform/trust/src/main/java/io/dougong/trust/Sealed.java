package io.dougong.trust;

import java.util.Base64;

/**
 * An encrypted value, as it is embedded in JSON: {@code enc:v1:<key id>:<base64url of nonce, ciphertext and tag>}.
 *
 * @param text the whole of it
 * @param keyId the key it was sealed with
 */
public record Sealed(String text, String keyId) {

    public static final String PREFIX = "enc:v1:";

    public static Sealed of(String keyId, byte[] payload) {
        return new Sealed(
                PREFIX + keyId + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(payload), keyId);
    }

    /** @throws TrustProblem.Refused if the text is not of this form */
    public static Sealed parse(String text) {
        int colon = text.indexOf(':', PREFIX.length());
        if (!text.startsWith(PREFIX) || colon < 0) {
            throw TrustProblem.badSealedValue("it is not of the form enc:v1:<key>:<bytes>");
        }
        Sealed sealed = new Sealed(text, text.substring(PREFIX.length(), colon));
        if (!of(sealed.keyId, sealed.payload()).text.equals(text)) {
            throw TrustProblem.badSealedValue("its base64url is not canonical");
        }
        return sealed;
    }

    public static boolean looksSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /** Nonce, ciphertext, tag. */
    public byte[] payload() {
        try {
            return Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf(':') + 1));
        } catch (IllegalArgumentException malformed) {
            throw TrustProblem.badSealedValue("it is not base64url");
        }
    }
}
