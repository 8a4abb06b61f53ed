package dev.maru.testkit;

/**
 * One server-sent event, as a browser would dispatch it.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param name the type of the event, {@code message} unless it says otherwise
 * @param data its lines joined by line feeds
 * @param lastEventId the last id of the stream up to this event; empty for none
 */
public record ReceivedEvent(String name, String data, String lastEventId) {}
