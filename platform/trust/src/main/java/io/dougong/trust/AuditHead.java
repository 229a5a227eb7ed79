package io.dougong.trust;

import io.dougong.kernel.Digest;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where all chains stood, signed: what lies before it cannot be cut off or rewritten unnoticed. Equal chains and key give equal
 * bytes (Ed25519 is deterministic, RFC 8032).
 *
 * @param v version of this record
 * @param chains by source partition, e.g. {@code _decisions/0}
 * @param keyId the key that signed, see {@link VerificationKey#id}
 * @param signature hexadecimal
 */
public record AuditHead(int v, SortedMap<String, ChainHead> chains, String keyId, String signature) {

    public static final int VERSION = 1;

    private static final byte[] DOMAIN = "dougong-audit-head-1\n".getBytes(StandardCharsets.UTF_8);

    /**
     * @param entries how many entries the chain had
     * @param next the offset after the last record
     * @param hash of the last entry
     */
    public record ChainHead(long entries, long next, String hash) {}

    public AuditHead {
        chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
    }

    public static AuditHead signed(Map<String, ChainHead> chains, Signer signer) {
        SortedMap<String, ChainHead> sorted = new TreeMap<>(chains);
        String keyId = signer.current().id();
        byte[] signature = signer.sign(statement(VERSION, sorted, keyId));
        return new AuditHead(VERSION, sorted, keyId, HexFormat.of().formatHex(signature));
    }

    /** Needs the public key only. */
    public boolean holds(VerificationKey key) {
        return v == VERSION
                && keyId.equals(key.id())
                && isLowerCaseHex(signature)
                && key.verifies(statement(v, chains, keyId), HexFormat.of().parseHex(signature));
    }

    /** One digest for the state of all chains; the same whoever signs. */
    public Digest state() {
        return Digest.of(Json.bytes(chains));
    }

    public byte[] toJson() {
        return Json.bytes(this);
    }

    /** @throws InvalidValue if these are not the exact bytes that {@link #toJson} writes */
    public static AuditHead fromJson(byte[] json) {
        AuditHead head = Json.read(json, AuditHead.class);
        if (!Arrays.equals(json, head.toJson())) {
            throw new InvalidValue("malformed-json", "This is not an audit head in its canonical form.", "");
        }
        return head;
    }

    private static byte[] statement(int v, SortedMap<String, ChainHead> chains, String keyId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(DOMAIN);
        bytes.writeBytes(Json.bytes(new TreeMap<>(Map.of("v", v, "chains", chains, "keyId", keyId))));
        return bytes.toByteArray();
    }

    private static boolean isLowerCaseHex(String text) {
        return text.length() % 2 == 0 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
