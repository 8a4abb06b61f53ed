package dev.maru.spring.servlet;

import jakarta.websocket.Session;
import java.time.Duration;
import org.apache.tomcat.websocket.Constants;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * Stops and resumes reading from a client where its container can. Without one that can, what a client sends while it
 * should not is kept for it, up to a limit.
 *
 * <p>Safe for any thread.
 */
sealed interface ReadingSwitch {

    void reading(boolean on);

    /**
     * The switch of this session.
     *
     * @param sendTime how long a client may keep the container from sending before it is given up, where that can be set
     */
    static ReadingSwitch of(WebSocketSession session, Duration sendTime) {
        boolean tomcat =
                ClassUtils.isPresent("org.apache.tomcat.websocket.WsSession", ReadingSwitch.class.getClassLoader());
        ReadingSwitch found = tomcat ? Tomcat.of(session, sendTime) : null;
        return found == null ? new None() : found;
    }

    /** For SockJS over HTTP, and other containers. */
    record None() implements ReadingSwitch {
        @Override
        public void reading(boolean on) {}
    }

    /** Tomcat's sessions stop reading on demand. */
    record Tomcat(WsSession session) implements ReadingSwitch {

        static @Nullable ReadingSwitch of(WebSocketSession session, Duration sendTime) {
            if (WebSocketSessionDecorator.unwrap(session) instanceof NativeWebSocketSession natural
                    && natural.getNativeSession(Session.class) instanceof WsSession tomcats) {
                tomcats.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, sendTime.toMillis());
                return new Tomcat(tomcats);
            }
            return null;
        }

        @Override
        public void reading(boolean on) {
            if (!session.isOpen()) {
                return;
            }
            if (on) {
                session.resume();
            } else {
                session.suspend();
            }
        }
    }
}
