package dev.maru.chat.message;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes UUIDs of version 7 (RFC 9562, section 5.7). They name messages and grant nothing. Safe for any thread. */
final class MessageIds {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_A = 0x0fffL;
    private static final long RANDOM_B = 0x3fff_ffff_ffff_ffffL;

    private MessageIds() {}

    /** A new id for something that happened at this time, in milliseconds since 1970. */
    static UUID next(long millis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                (millis << 16) | VERSION | (random.nextLong() & RANDOM_A), VARIANT | (random.nextLong() & RANDOM_B));
    }
}
