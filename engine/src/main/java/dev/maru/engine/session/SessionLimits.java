package dev.maru.engine.session;

import java.time.Duration;

/**
 * What bounds one session. Every value is positive.
 *
 * @param subscriptions most subscriptions at a time
 * @param subscriptionIdBytes longest subscription id, in bytes of UTF-8
 * @param unansweredFrames frames whose handling has not ended; past it reading pauses
 * @param unsentBytes bytes written that have not left; past it the connection is not written to and not read from
 * @param unacknowledgedMessages messages of one subscription that the client has not acknowledged; past it delivery to
 *     that subscription pauses
 * @param transactions what bounds transactions
 * @param replayMessages most messages that a {@code since} may ask for; past it the position is not recovered
 * @param lastMessages most messages that a {@code last} may ask for
 * @param connectTimeout how long a new connection may wait before its CONNECT
 * @param heartBeatSend the shortest interval at which the server can send heart-beats
 * @param heartBeatReceive the interval at which the server wants to receive them
 * @param messageRate how many frames a client may send
 */
public record SessionLimits(
        int subscriptions,
        int subscriptionIdBytes,
        int unansweredFrames,
        int unsentBytes,
        int unacknowledgedMessages,
        TransactionLimits transactions,
        int replayMessages,
        int lastMessages,
        Duration connectTimeout,
        Duration heartBeatSend,
        Duration heartBeatReceive,
        MessageRate messageRate) {

    /** The defaults that the protocol page documents. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            500,
            128,
            256,
            1024 * 1024,
            1000,
            TransactionLimits.DEFAULT,
            10_000,
            200,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            MessageRate.DEFAULT);
}
