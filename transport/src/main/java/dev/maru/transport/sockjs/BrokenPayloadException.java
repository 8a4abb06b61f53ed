package dev.maru.transport.sockjs;

/** What a client sent is no array of JSON strings. Has no stack trace, because it is an answer and not an accident. */
public final class BrokenPayloadException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenPayloadException(String message) {
        super(message, null, false, false);
    }

    /** In the words that the protocol prescribes. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
