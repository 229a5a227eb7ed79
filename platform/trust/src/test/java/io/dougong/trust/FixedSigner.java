package io.dougong.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/** Signs with the key of RFC 8032, 7.1, test 1, so that golden signatures can be compared. */
public final class FixedSigner implements Signer {

    static final String RAW_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String RAW_SECRET = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    @Override
    public byte[] sign(byte[] bytes) {
        try {
            byte[] encoded = HexFormat.of().parseHex("302e020100300506032b657004220420" + RAW_SECRET);
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public VerificationKey current() {
        return VerificationKey.decode(HexFormat.of().parseHex("302a300506032b6570032100" + RAW_PUBLIC));
    }

    @Override
    public List<VerificationKey> keys() {
        return List.of(current());
    }

    @Override
    public VerificationKey rotate() {
        throw new UnsupportedOperationException("it is fixed");
    }
}
