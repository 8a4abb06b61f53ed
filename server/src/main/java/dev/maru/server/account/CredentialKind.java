package dev.maru.server.account;

/** What a secret is for. Immutable; safe for any thread. */
enum CredentialKind {
    /** A log-in, kept by a browser in its cookie. */
    LOGIN("maru_s_"),
    /** A personal token, made by a user for a program of theirs. */
    TOKEN("maru_t_"),
    /** A key of another server, made by the admin. */
    API_KEY("maru_k_");

    private final String prefix;

    CredentialKind(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** Whether a secret says that it is one of these. */
    boolean claims(String secret) {
        return secret.startsWith(prefix);
    }
}
