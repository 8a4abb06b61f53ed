package dev.maru.benchmarks.load;

/**
 * What the clients of one kind of server say. A message is found in whatever the server makes of it by its
 * {@link Payload}, so only what is sent differs.
 *
 * <p>Immutable; safe for any thread.
 */
interface Wire {

    /** The path that a member of this room asks for. */
    String path(int room);

    /** The sub-protocol to ask for; empty for none. */
    String subProtocol();

    /** The text messages that open a connection, in this order. */
    String[] opening(int room);

    /** The text message that publishes a payload to a room. */
    String publish(int room, String payload);

    /** What to answer to a message that asks for an answer, as engine.io's ping does; empty for none. */
    default String answer(byte first, int length) {
        return "";
    }
}
