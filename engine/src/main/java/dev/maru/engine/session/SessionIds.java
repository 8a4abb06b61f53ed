package dev.maru.engine.session;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes session ids that nobody can guess: 128 random bits in URL-safe base64. Safe for any thread. */
final class SessionIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private SessionIds() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
