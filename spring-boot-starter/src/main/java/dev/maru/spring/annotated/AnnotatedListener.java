package dev.maru.spring.annotated;

import dev.maru.spring.annotated.EndpointMethods.Event;
import dev.maru.spring.socket.SocketListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One client of an annotated class. What its methods throw goes to {@code @OnError}, as Jakarta WebSocket 2.2, 4.5 has
 * it, and the connection lives on, unless there is no such method, or the client could not even be greeted.
 *
 * <p>Called on virtual threads, one call at a time.
 */
final class AnnotatedListener implements SocketListener {
    private final EndpointMethods methods;
    private final Object instance;
    private final EndpointSession session;
    private final Set<EndpointSession> open;

    AnnotatedListener(EndpointMethods methods, Object instance, EndpointSession session, Set<EndpointSession> open) {
        this.methods = methods;
        this.instance = instance;
        this.session = session;
        this.open = open;
    }

    @Override
    public void onOpen() throws Exception {
        try {
            methods.call(instance, new Event(EndpointMethods.Kind.OPEN, session, null));
        } catch (Exception failure) {
            failed(failure);
            session.close(new CloseReason(CloseCodes.UNEXPECTED_CONDITION, "server-error"));
        }
    }

    @Override
    public void onText(String message) throws Exception {
        message(new Event(EndpointMethods.Kind.TEXT, session, message));
    }

    @Override
    public void onBinary(ByteBuffer message) throws Exception {
        message(new Event(EndpointMethods.Kind.BINARY, session, message));
    }

    private void message(Event event) throws Exception {
        if (!methods.handles(event.kind())) {
            session.close(new CloseReason(CloseCodes.CANNOT_ACCEPT, "messages of this kind mean nothing here"));
            return;
        }
        try {
            Object answer = methods.call(instance, event);
            if (answer != null) {
                session.getBasicRemote().sendObject(answer);
            }
        } catch (Exception failure) {
            failed(failure);
        }
    }

    @Override
    public void onError(Throwable error) throws Exception {
        methods.call(instance, new Event(EndpointMethods.Kind.ERROR, session, error));
    }

    private void failed(Exception failure) throws Exception {
        if (!methods.handles(EndpointMethods.Kind.ERROR)) {
            throw failure;
        }
        onError(failure);
    }

    /** The constant, where there is one. */
    private static CloseReason.CloseCode closeCode(int code) {
        try {
            return CloseCodes.getCloseCode(code);
        } catch (IllegalArgumentException unknown) {
            return () -> code;
        }
    }

    @Override
    public void onClosed(int code, String reason) throws Exception {
        open.remove(session);
        try {
            CloseReason end = new CloseReason(closeCode(code), reason);
            methods.call(instance, new Event(EndpointMethods.Kind.CLOSE, session, end));
        } catch (Exception failure) {
            failed(failure);
        }
    }
}
