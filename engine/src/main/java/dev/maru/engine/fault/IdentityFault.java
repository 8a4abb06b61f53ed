package dev.maru.engine.fault;

/** What can be wrong with who somebody says they are; codes 4040 to 4059. Immutable; safe for any thread. */
public enum IdentityFault implements Fault {
    /** Nobody is served here without saying who they are. */
    NOT_AUTHENTICATED(4040, 401),
    /** A token is forged, of another issuer or audience, expired, not valid yet, or none at all. */
    INVALID_TOKEN(4041, 401),
    /** A session is renewed by the user that it has, and by nobody else. */
    ANOTHER_USER(4043, 403),
    /** What the session was opened with has been revoked. */
    SESSION_REVOKED(4044, 401),
    /** A subscription was ended: what allowed it is no longer so. */
    SUBSCRIPTION_ENDED(4045, 403);

    private final int code;
    private final int httpStatus;

    IdentityFault(int code, int httpStatus) {
        this.code = code;
        this.httpStatus = httpStatus;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public int httpStatus() {
        return httpStatus;
    }
}
