package dev.maru.transport.websocket;

import dev.maru.engine.session.StompSession;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a decoder finds to a session, and drops it where none listens.
 *
 * <p>Called on the connection's event loop.
 */
public interface SessionFrames extends StompFrameListener {

    /** The session; null before it is open and after its end. */
    @Nullable StompSession listening();

    @Override
    default void onFrame(StompFrame frame) {
        StompSession session = listening();
        if (session == null) {
            frame.close();
        } else {
            session.onFrame(frame);
        }
    }

    @Override
    default void onHeartBeat() {
        StompSession session = listening();
        if (session != null) {
            session.onHeartBeat();
        }
    }

    @Override
    default void onFault(StompFault fault, String detail, @Nullable String receipt) {
        StompSession session = listening();
        if (session != null) {
            session.onFault(fault, detail, receipt);
        }
    }
}
