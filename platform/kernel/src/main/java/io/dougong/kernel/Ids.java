package io.dougong.kernel;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids: time-ordered ones (UUID version 7, RFC 9562) from an injected clock and randomness, and ones derived from a name. */
public final class Ids {

    private static final long RANDOM_A_MASK = 0x0FFFL;
    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;
    private final RandomGenerator random;

    public Ids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        long high = clock.millis() << 16 | VERSION_7 | random.nextLong() & RANDOM_A_MASK;
        return new UUID(high, random.nextLong() & VARIANT_MASK | VARIANT).toString();
    }

    /** The same id for the same name, always (UUID version 8 over SHA-256): makes a repeated request recognisable. */
    public static String derived(String name) {
        byte[] hash = Digest.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(hash);
        long high = buffer.getLong() & ~0xF000L | VERSION_8;
        return new UUID(high, buffer.getLong() & VARIANT_MASK | VARIANT).toString();
    }
}
