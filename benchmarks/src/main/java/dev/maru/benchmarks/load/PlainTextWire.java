package dev.maru.benchmarks.load;

/**
 * A server that relays each text to the room that the path names: bare C, Bun.
 *
 * <p>Immutable; safe for any thread.
 */
record PlainTextWire(String base) implements Wire {

    @Override
    public String path(int room) {
        return base + "/" + room;
    }

    @Override
    public String subProtocol() {
        return "";
    }

    @Override
    public String[] opening(int room) {
        return new String[0];
    }

    @Override
    public String publish(int room, String payload) {
        return payload;
    }
}
