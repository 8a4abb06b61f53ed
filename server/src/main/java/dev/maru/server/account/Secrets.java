package dev.maru.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Secrets that grant something: 256 random bits. Only their hashes are kept; a plain one is enough, because nobody can
 * try out that many.
 *
 * <p>Safe for any thread.
 */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 9;

    private Secrets() {}

    /** A new secret that shows what it is for. */
    static String secret(String prefix) {
        return prefix + random(SECRET_BYTES);
    }

    /** A name for something secret. */
    static String id() {
        return random(ID_BYTES);
    }

    static String hash(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /** Compares in a time that says nothing. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(sha256(one), sha256(other));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
