package dev.maru.chat.stomp;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often one session may say that it is typing: once in two seconds for a room, and in a bounded number of rooms.
 *
 * <p>Safe for any thread.
 */
final class TypingPace {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MOST_ROOMS = 64;

    private final Map<String, Instant> told = new HashMap<>();

    synchronized boolean tryTell(String roomId, Instant now) {
        told.values().removeIf(time -> !now.isBefore(time.plus(PAUSE)));
        if (told.containsKey(roomId) || told.size() >= MOST_ROOMS) {
            return false;
        }
        told.put(roomId, now);
        return true;
    }
}
