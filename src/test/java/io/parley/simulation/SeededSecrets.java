package io.parley.simulation;

import java.security.SecureRandom;
import java.util.Random;

/** Secrets that are none: they come from the seed. Confined to one thread. */
final class SeededSecrets extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    SeededSecrets(long seed) {
        random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
