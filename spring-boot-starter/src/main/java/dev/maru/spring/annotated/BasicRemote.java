package dev.maru.spring.annotated;

import dev.maru.spring.socket.SocketSession;
import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;

/** Sends and goes on: unlike elsewhere it does not wait for a slow client. Safe for any thread. */
final class BasicRemote extends Remote implements RemoteEndpoint.Basic {

    BasicRemote(SocketSession session) {
        super(session);
    }

    @Override
    public void sendText(String text) {
        session.send(text);
    }

    @Override
    public void sendBinary(ByteBuffer data) {
        session.send(data);
    }

    @Override
    public void sendText(String fragment, boolean last) {
        throw inParts();
    }

    @Override
    public void sendBinary(ByteBuffer fragment, boolean last) {
        throw inParts();
    }

    @Override
    public OutputStream getSendStream() {
        throw inParts();
    }

    @Override
    public Writer getSendWriter() {
        throw inParts();
    }

    @Override
    public void sendObject(Object data) throws EncodeException {
        send(data);
    }

    private static UnsupportedOperationException inParts() {
        return new UnsupportedOperationException("Maru sends whole messages: use sendText or sendBinary");
    }
}
