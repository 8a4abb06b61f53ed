package dev.maru.chat.message;

import dev.maru.chat.ChatFault;
import dev.maru.chat.PlainText;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import org.jspecify.annotations.Nullable;

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
     * Who writes: the user who is logged in, whatever they claim to be; somebody who picked a nickname if nobody is.
     *
     * @param user of the session or the request; null if there is none
     * @param nickname as the client sent it
     * @throws Refusal INVALID_SENDER
     */
    public static Author of(@Nullable SessionUser user, @Nullable String nickname) {
        return user == null || user.anonymous()
                ? guest(nickname == null ? "" : nickname)
                : new Author("user:" + user.name(), checkName(user.displayName()));
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
