package dev.maru.chat.message;

import dev.maru.chat.ChatFault;
import dev.maru.chat.PlainText;
import dev.maru.engine.fault.Refusal;

/**
 * Who writes. Immutable; safe for any thread.
 *
 * @param id stable and unique on this server, for example {@code guest:Jane}; at most 200 characters
 * @param name for people; 1 to 40 code points in NFC, without surrounding blanks and control characters
 */
public record Author(String id, String name) {

    private static final int MAX_ID_LENGTH = 200;
    private static final int MAX_NAME_LENGTH = 40;

    public Author {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("an author's id has 1 to 200 characters, not " + id.length());
        }
    }

    /**
     * Somebody who picked a nickname.
     *
     * @throws Refusal INVALID_SENDER
     */
    public static Author guest(String nickname) {
        String name = checkName(nickname);
        return new Author("guest:" + name, name);
    }

    /**
     * Returns the name as it is kept.
     *
     * @throws Refusal INVALID_SENDER
     */
    public static String checkName(String raw) {
        String name = PlainText.name(raw, MAX_NAME_LENGTH);
        if (name == null) {
            throw new Refusal(ChatFault.INVALID_SENDER, "A name is 1 to 40 characters without control characters.");
        }
        return name;
    }
}
