package dev.maru.engine.session;

import dev.maru.stomp.StompHeaders;

/**
 * A SEND to an application destination.
 *
 * @param session who sent it
 * @param destination as the client wrote it, for example {@code /app/chat/sendMessage}
 * @param headers of the frame
 * @param body a copy; the application may keep it
 * @param scope collects what the handling appends
 */
public record ApplicationFrame(
        Session session, String destination, StompHeaders headers, byte[] body, ReceiptScope scope) {}
