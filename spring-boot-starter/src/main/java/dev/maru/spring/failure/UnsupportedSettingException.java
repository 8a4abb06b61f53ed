package dev.maru.spring.failure;

/**
 * The application asks for something of Spring's that Maru does not do. Spring Boot shows both parts where it cannot
 * start.
 *
 * <p>Immutable; safe for any thread.
 */
public final class UnsupportedSettingException extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String advice;

    /**
     * A failure.
     *
     * @param what what Maru does not do
     * @param advice what to do instead
     */
    public UnsupportedSettingException(String what, String advice) {
        super("Maru does not support " + what + ": " + advice);
        this.what = what;
        this.advice = advice;
    }

    String what() {
        return what;
    }

    String advice() {
        return advice;
    }
}
