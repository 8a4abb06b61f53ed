package dev.maru.benchmarks.load;

/**
 * STOMP 1.2. In each text {@code {room}} stands for the room and {@code {payload}} for the payload.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param path of the handshake
 * @param subscribe the destination that members subscribe to
 * @param send the destination that they send to
 * @param body the body of a SEND
 * @param connectHeaders further headers of CONNECT, each ended by a newline
 * @param sendHeaders further headers of SEND, each ended by a newline
 */
record StompWire(String path, String subscribe, String send, String body, String connectHeaders, String sendHeaders)
        implements Wire {

    @Override
    public String path(int room) {
        return path;
    }

    @Override
    public String subProtocol() {
        return "v12.stomp";
    }

    @Override
    public String[] opening(int room) {
        return new String[] {
            "CONNECT\naccept-version:1.2\nhost:localhost\n" + connectHeaders + "\n\0",
            "SUBSCRIBE\nid:0\ndestination:" + filled(subscribe, room, "") + "\n\n\0"
        };
    }

    @Override
    public String publish(int room, String payload) {
        return "SEND\ndestination:" + filled(send, room, "") + "\n" + sendHeaders + "\n" + filled(body, room, payload)
                + "\0";
    }

    private static String filled(String text, int room, String payload) {
        return text.replace("{room}", "room-" + room).replace("{payload}", payload);
    }
}
