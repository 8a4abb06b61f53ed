package dev.maru.spring.failure;

/**
 * The application asks for what cannot be. Spring Boot shows both parts where it cannot start.
 *
 * <p>Immutable; safe for any thread.
 */
public final class WrongSettingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    /**
     * A failure.
     *
     * @param description what is wrong, without a full stop
     * @param action what to do about it, without a full stop
     */
    public WrongSettingException(String description, String action) {
        super(description + ": " + action);
        this.description = description;
        this.action = action;
    }

    /** What is wrong, as a sentence. */
    public String description() {
        return sentence(description);
    }

    /** What to do about it, as a sentence. */
    public String action() {
        return sentence(action);
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
