package io.dougong.trust;

import io.dougong.kernel.Digest;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 public key (RFC 8032) and its id; all that is needed to verify offline.
 *
 * @param id SHA-256 of the key's X.509 SubjectPublicKeyInfo, in hexadecimal: the id that receipts carry
 */
public record VerificationKey(String id, PublicKey publicKey) {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----\\s+([A-Za-z0-9+/=\\s]+?)\\s*-----END PUBLIC KEY-----\\s*");
    private static final int PEM_LINE = 64;
    private static final int RAW_LENGTH = 32;

    public static VerificationKey of(PublicKey key) {
        return new VerificationKey(Digest.of(key.getEncoded()).hex(), key);
    }

    /** @param encoded X.509 SubjectPublicKeyInfo */
    public static VerificationKey decode(byte[] encoded) {
        try {
            return of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException notAKey) {
            throw new InvalidValue(
                    "bad-public-key", "This is not an Ed25519 public key: " + notAKey.getMessage() + ".", "");
        }
    }

    public static VerificationKey fromPem(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw new InvalidValue(
                    "bad-public-key",
                    "This is not a public key in PEM.",
                    "It begins with '-----BEGIN PUBLIC KEY-----'.");
        }
        return decode(Base64.getMimeDecoder().decode(matcher.group(1)));
    }

    public boolean verifies(byte[] bytes, byte[] signature) {
        return verify(publicKey, bytes, signature);
    }

    /** Whether the signature is of these bytes and this key; a malformed signature is simply not. */
    public static boolean verify(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** The first digits of the id, for people. */
    public String brief() {
        return new Digest(id).brief();
    }

    public String toPem() {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        String body = Base64.getMimeEncoder(PEM_LINE, lineEnd).encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /** RFC 8037: {@code {"alg":"EdDSA","crv":"Ed25519","kid":…,"kty":"OKP","use":"sig","x":…}}. */
    public String toJwk() {
        byte[] encoded = publicKey.getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_LENGTH, encoded.length);
        String x = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
        return Json.text(Map.of("alg", "EdDSA", "crv", "Ed25519", "kid", id, "kty", "OKP", "use", "sig", "x", x));
    }
}
