package dev.maru.benchmarks.load;

/**
 * Socket.IO 4 over WebSocket alone (engine.io protocol 4): {@code 40} connects, {@code 42} is an event, {@code 2} is a
 * ping that wants {@code 3}. The server joins a client to the room of its first event.
 *
 * <p>Immutable; safe for any thread.
 */
record SocketIoWire() implements Wire {

    @Override
    public String path(int room) {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public String subProtocol() {
        return "";
    }

    @Override
    public String[] opening(int room) {
        return new String[] {"40", "42[\"join\",\"" + room + "\"]"};
    }

    @Override
    public String publish(int room, String payload) {
        return "42[\"say\",\"" + payload + "\"]";
    }

    @Override
    public String answer(byte first, int length) {
        return first == '2' && length == 1 ? "3" : "";
    }
}
