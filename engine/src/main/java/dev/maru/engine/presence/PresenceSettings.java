package dev.maru.engine.presence;

import java.time.Duration;

/**
 * How long somebody who vanished still counts as present.
 *
 * @param grace after a session was lost without a farewell; zero for not at all
 * @param awayAfterRestart after the start of the server, for those who were present when it stopped
 */
public record PresenceSettings(Duration grace, Duration awayAfterRestart) {

    /** 3 s and 30 s. */
    public static final PresenceSettings DEFAULT = new PresenceSettings(Duration.ofSeconds(3), Duration.ofSeconds(30));
}
