package dev.maru.chat.access;

import dev.maru.chat.message.Author;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something. Immutable; safe for any thread.
 *
 * @param user who is logged in; null for a guest
 * @param author who that is in the chat; null for a guest who has given no nickname with this question
 */
public record Visitor(@Nullable Principal user, @Nullable Author author) {

    /** Whether nobody is logged in. */
    public boolean isGuest() {
        return user == null;
    }

    /** Whether this author asks. */
    public boolean is(String authorId) {
        return author != null && author.id().equals(authorId);
    }
}
