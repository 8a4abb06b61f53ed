package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Reads an event stream as browsers do (WHATWG HTML, 9.2.6).
 *
 * <p>Confined to one thread.
 */
final class EventParser {
    private final Consumer<ReceivedEvent> events;
    private final Runnable comments;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private volatile String lastEventId = "";
    private boolean afterReturn;

    /**
     * @param events is handed each event
     * @param comments runs for each comment
     */
    EventParser(Consumer<ReceivedEvent> events, Runnable comments) {
        this.events = events;
        this.comments = comments;
    }

    /** The last id, whether an event came with it or not. Safe for any thread. */
    String lastEventId() {
        return lastEventId;
    }

    void read(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte octet = bytes[i];
            boolean secondHalf = octet == '\n' && afterReturn;
            afterReturn = octet == '\r';
            if (octet != '\n' && octet != '\r') {
                line.write(octet);
            } else if (!secondHalf) {
                String text = line.toString(UTF_8);
                line.reset();
                line(text);
            }
        }
    }

    private void line(String text) {
        int colon = text.indexOf(':');
        if (text.isEmpty()) {
            dispatch();
        } else if (colon == 0) {
            comments.run();
        } else {
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1);
            field(field, value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> lastEventId = value;
            default -> {}
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.accept(new ReceivedEvent(name.isEmpty() ? "message" : name, data.toString(), lastEventId));
        }
        data.setLength(0);
        name = "";
    }
}
