package dev.maru.engine.fanout;

/**
 * What has passed through an engine, and what is in it now.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param messagesIn SEND frames that clients have sent
 * @param messagesOut MESSAGE frames written to clients, one for each receiver
 * @param bytesOut bytes written to clients, in the form that they have on the wire before any encryption
 * @param unsentBytes what was written and had not left when each connection was looked at the last time
 * @param subscriptions how many there are
 */
public record Traffic(long messagesIn, long messagesOut, long bytesOut, long unsentBytes, long subscriptions) {

    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);
}
