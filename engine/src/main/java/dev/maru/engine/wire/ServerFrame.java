package dev.maru.engine.wire;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;

/**
 * A frame on its way to a client, before a transport gives it its form.
 *
 * @param command CONNECTED, MESSAGE, RECEIPT or ERROR
 * @param headers all of them but {@code content-length}, which the wire format adds where its form needs it
 * @param body empty for frames without one; nobody writes to it
 */
public record ServerFrame(StompCommand command, StompHeaders headers, byte[] body) {}
