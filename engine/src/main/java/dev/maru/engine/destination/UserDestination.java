package dev.maru.engine.destination;

/**
 * The destinations of one user: {@code /user/{name}/…}, which the user's own clients call {@code /user/…}.
 *
 * <p>Stateless; safe for any thread.
 */
public final class UserDestination {
    /** What they all begin with. Only patterns that begin with it, too, reach them, and those are a user's own. */
    public static final String PREFIX = "/user/";

    private UserDestination() {}

    /**
     * A destination of this user. Characters of the name that divide destinations, or that stand for others in a
     * pattern, are escaped: a name is one segment, and no pattern.
     *
     * @param rest what follows the name, from its slash on
     */
    public static String of(String user, String rest) {
        return PREFIX
                + user.replace("%", "%25")
                        .replace("/", "%2F")
                        .replace("*", "%2A")
                        .replace("{", "%7B")
                + rest;
    }
}
