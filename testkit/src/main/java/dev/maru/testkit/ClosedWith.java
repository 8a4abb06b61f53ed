package dev.maru.testkit;

/**
 * How a connection ended.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param code of the close frame; 1006 if there was none
 * @param reason of the close frame, or what went wrong
 */
public record ClosedWith(int code, String reason) {}
