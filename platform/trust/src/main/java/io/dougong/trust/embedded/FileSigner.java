package io.dougong.trust.embedded;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.StorageProblem;
import io.dougong.trust.Signer;
import io.dougong.trust.TrustProblem;
import io.dougong.trust.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signing keys as files, numbered: {@code 1.pub} (PEM) stays for ever, {@code 1.key} (PKCS #8, base64, owner only) until the
 * next rotation. Private keys of lower numbers are left over from an interrupted rotation, and destroyed.
 */
public final class FileSigner implements Signer {

    private static final String PRIVATE = ".key";
    private static final String PUBLIC = ".pub";
    private static final byte[] PROBE = "dougong".getBytes(StandardCharsets.UTF_8);

    private record Pair(PrivateKey secret, List<VerificationKey> keys) {

        VerificationKey current() {
            return keys.getLast();
        }
    }

    private final Path folder;
    private final SecureRandom random;
    private volatile Pair pair;

    /** @param folder for the key files; the first key is made if there is none */
    public FileSigner(Path folder, SecureRandom random) {
        this.folder = KeyFiles.folder(folder);
        this.random = random;
        if (newest() == 0) {
            generate(1);
        }
        this.pair = load();
    }

    @Override
    public byte[] sign(byte[] bytes) {
        return sign(pair.secret, bytes);
    }

    private static byte[] sign(PrivateKey key, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Ed25519 refused to sign", impossible);
        }
    }

    @Override
    public VerificationKey current() {
        return pair.current();
    }

    @Override
    public List<VerificationKey> keys() {
        return pair.keys;
    }

    @Override
    public synchronized VerificationKey rotate() {
        generate(newest() + 1);
        pair = load();
        return pair.current();
    }

    /** The public half first: a private key without it would be of no use. */
    private void generate(int number) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair made = generator.generateKeyPair();
            String publicKey = VerificationKey.of(made.getPublic()).toPem();
            DurableFiles.write(file(number, PUBLIC), publicKey.getBytes(StandardCharsets.US_ASCII));
            KeyFiles.write(
                    file(number, PRIVATE),
                    Base64.getEncoder().encodeToString(made.getPrivate().getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has Ed25519", impossible);
        }
    }

    private Pair load() {
        int newest = newest();
        List<VerificationKey> keys = new ArrayList<>();
        for (int number = 1; number <= newest; number++) {
            keys.add(publicKey(number));
            if (number < newest && Files.exists(file(number, PRIVATE))) {
                KeyFiles.shred(file(number, PRIVATE));
            }
        }
        PrivateKey secret = privateKey(newest);
        if (!keys.getLast().verifies(PROBE, sign(secret, PROBE))) {
            throw TrustProblem.badKey(
                    file(newest, PRIVATE).toString(), "it does not belong to the public key beside it");
        }
        return new Pair(secret, List.copyOf(keys));
    }

    private VerificationKey publicKey(int number) {
        Path file = file(number, PUBLIC);
        try {
            return VerificationKey.fromPem(Files.readString(file));
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        } catch (InvalidValue notAKey) {
            throw TrustProblem.badKey(file.toString(), notAKey.getMessage());
        }
    }

    private PrivateKey privateKey(int number) {
        Path file = file(number, PRIVATE);
        try {
            byte[] encoded = Base64.getDecoder().decode(KeyFiles.read(file).strip());
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw TrustProblem.badKey(file.toString(), "it is not an Ed25519 private key");
        }
    }

    /** The highest number that has a private key; 0 if none has. */
    private int newest() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[1-9][0-9]{0,8}\\" + PRIVATE))
                    .mapToInt(name -> Integer.parseInt(name.substring(0, name.length() - PRIVATE.length())))
                    .max()
                    .orElse(0);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
    }

    private Path file(int number, String kind) {
        return folder.resolve(number + kind);
    }
}
