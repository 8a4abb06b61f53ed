package dev.maru.chat.moderation;

/** What becomes of a message. Immutable; safe for any thread. */
public sealed interface Verdict {

    /** It is stored as it is. */
    Verdict PASS = new Pass();

    /** It is stored with another text. */
    static Verdict change(String text) {
        return new Change(text);
    }

    /** It is not stored. */
    static Verdict refuse(String reason) {
        return new Refuse(reason);
    }

    /** It waits, kept with the {@link HeldMessages}, until it is released or discarded. */
    static Verdict hold(String reason) {
        return new Hold(reason);
    }

    /** Stored as it is. */
    record Pass() implements Verdict {}

    /**
     * Stored with another text.
     *
     * @param text keeps the same rules as the first
     */
    record Change(String text) implements Verdict {}

    /**
     * Not stored.
     *
     * @param reason is told to the sender
     */
    record Refuse(String reason) implements Verdict {}

    /**
     * Kept for a decision. Nobody sees it, and its sender is told no more than that it was received: a RECEIPT without a
     * position, 202 over HTTP.
     *
     * @param reason for whoever decides; the sender is not told
     */
    record Hold(String reason) implements Verdict {}
}
