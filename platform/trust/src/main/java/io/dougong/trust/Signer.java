package io.dougong.trust;

import java.util.List;
import java.util.Optional;

/** Signs with a private key that it never shows (Ed25519), and knows the public keys of all keys it has ever used. */
public interface Signer {

    byte[] sign(byte[] bytes);

    /** The public half of the key that signs now. */
    VerificationKey current();

    /** Every public key, retired ones too; the current one is last. */
    List<VerificationKey> keys();

    default Optional<VerificationKey> key(String id) {
        return keys().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Signs with a new key from now on; what was signed before stays verifiable. */
    VerificationKey rotate();
}
