package dev.maru.engine.fault;

/**
 * Carries a {@link Fault} out of a handler or a log: the client asked for something that is not done. Has no stack
 * trace, because it is an answer and not an accident.
 */
public class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    /**
     * @param fault the row of the table
     * @param detail what was wrong, in words for the client; must not repeat more of its input than is needed
     */
    public Refusal(Fault fault, String detail) {
        super(detail, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** What was wrong, in words for the client. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
