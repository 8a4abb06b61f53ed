package dev.maru.engine.history;

/** The store behind a {@link MessageLog} failed or cannot be reached; what was asked may be tried again later. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
