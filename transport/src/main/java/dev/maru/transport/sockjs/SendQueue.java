package dev.maru.transport.sockjs;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The requests that bring messages to one session, in the order they came. While the application does not read, none
 * is answered and none is looked into: so a client is slowed down that waits for its answers, and one that does not is
 * refused.
 *
 * <p>Confined to its session's event loop.
 */
final class SendQueue {
    private static final int MAX_WAITING = 4;

    private final SockJsSession session;
    private final Queue<Send> waiting = new ArrayDeque<>();
    private boolean reading = true;
    private boolean handedOver;
    private boolean busy;

    SendQueue(SockJsSession session) {
        this.session = session;
    }

    void add(Send request) {
        if (waiting.size() >= MAX_WAITING) {
            request.answer(Send.Outcome.TOO_MANY);
            return;
        }
        waiting.add(request);
        advance();
    }

    void reading(boolean on) {
        reading = on;
        advance();
    }

    /** The session is over: what was handed over is answered as such, and the rest is not. */
    void close() {
        for (Send request = waiting.poll(); request != null; request = waiting.poll()) {
            request.answer(handedOver ? Send.Outcome.TAKEN : Send.Outcome.NO_SESSION);
            handedOver = false;
        }
    }

    /** {@link #handedOver} says that the messages of the first request have been handed over. */
    private void advance() {
        if (busy) {
            return;
        }
        busy = true;
        while (reading && !waiting.isEmpty()) {
            if (handedOver) {
                handedOver = false;
                waiting.remove().answer(Send.Outcome.TAKEN);
            } else {
                handedOver = true;
                waiting.element().messages().forEach(session::deliverMessage);
            }
        }
        busy = false;
    }
}
