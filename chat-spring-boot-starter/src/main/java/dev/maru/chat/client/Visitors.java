package dev.maru.chat.client;

import dev.maru.chat.access.ChatIdentity;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.message.Author;
import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import java.security.Principal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the user who is logged in, whatever they claim to be; a guest with a nickname where nobody is, if the
 * application lets guests take part.
 *
 * <p>Safe for any thread.
 */
public final class Visitors {

    private static final String KNOWN = "dev.maru.chat.author";

    /** Spring Security's way to say that nobody is logged in; its classes need not be there. */
    private static final String NOBODY = "org.springframework.security.authentication.AnonymousAuthenticationToken";

    private final ChatIdentity identity;
    private final boolean guests;
    private final ApplicationCalls calls;

    /** @param guests whether people who are not logged in take part */
    public Visitors(ChatIdentity identity, boolean guests, ApplicationCalls calls) {
        this.identity = identity;
        this.guests = guests;
        this.calls = calls;
    }

    /** Who holds this session. Asks the application once for each log-in of the session; blocks for that. */
    public Visitor of(Session session, @Nullable String nickname) {
        SessionUser user = session.user();
        if (user == null || isNobody(user)) {
            return guest(nickname);
        }
        if (session.attributes().get(KNOWN) instanceof Known known && known.user.equals(user)) {
            return new Visitor(user, known.author);
        }
        Visitor visitor = of(user);
        if (visitor.author() != null) {
            session.attributes().put(KNOWN, new Known(user, visitor.author()));
        }
        return visitor;
    }

    /** Who holds this session, for a question that has no nickname. Does not block. */
    public CompletionStage<Visitor> find(Session session) {
        return calls.call(identity.equals(ChatIdentity.BY_USER_NAME), () -> of(session, null));
    }

    /** Who this user is; a guest if it is null. Does not block. */
    public CompletionStage<Visitor> find(@Nullable Principal user, @Nullable String nickname) {
        return calls.call(
                identity.equals(ChatIdentity.BY_USER_NAME),
                () -> user == null || isNobody(user) ? guest(nickname) : of(user));
    }

    private Visitor of(Principal user) {
        Author author = identity.author(user);
        return new Visitor(user, new Author(author.id(), Author.checkName(author.name())));
    }

    private Visitor guest(@Nullable String nickname) {
        if (!guests) {
            throw new Refusal(IdentityFault.NOT_AUTHENTICATED, "log in to take part in the chat");
        }
        return new Visitor(null, nickname == null ? null : Author.guest(nickname));
    }

    private static boolean isNobody(Principal user) {
        return user instanceof SessionUser session
                ? session.anonymous()
                : user.getClass().getName().equals(NOBODY);
    }

    private record Known(SessionUser user, Author author) {}
}
