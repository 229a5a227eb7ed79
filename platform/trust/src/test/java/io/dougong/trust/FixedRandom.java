package io.dougong.trust;

import java.security.SecureRandom;
import java.util.Random;

/** The same bytes in every run. */
public final class FixedRandom extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final Random random;

    public FixedRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
