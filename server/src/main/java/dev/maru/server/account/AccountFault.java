package dev.maru.server.account;

import dev.maru.engine.fault.Fault;

/** What is refused to those who log in or administer: 4410 to 4449. Immutable; safe for any thread. */
enum AccountFault implements Fault {
    /** There is no such account, or its password is another one. */
    BAD_CREDENTIALS(4410, 401),
    /** Too many attempts to log in, for this name or from this address. */
    TOO_MANY_ATTEMPTS(4411, 429),
    /** This needs a role, or a token, that the caller does not have. */
    NOT_PERMITTED(4412, 403),
    /** An account has, or had, this name. */
    ACCOUNT_EXISTS(4413, 409),
    /** There is no such account. */
    UNKNOWN_ACCOUNT(4414, 404),
    /** An account's name, display name, password or roles are not what they may be. */
    INVALID_ACCOUNT(4415, 400),
    /** There is no such token or key. */
    UNKNOWN_TOKEN(4416, 404),
    /** The label or the end of a token or key is not what it may be, or there are too many. */
    INVALID_TOKEN_REQUEST(4417, 400),
    /** Nothing can be published there, or in that way. */
    INVALID_PUBLICATION(4418, 400),
    /** The server works without accounts. */
    NO_ACCOUNTS(4419, 409),
    /** As many revocations as may be remembered. */
    TOO_MANY_REVOCATIONS(4420, 507);

    private final int code;
    private final int httpStatus;

    AccountFault(int code, int httpStatus) {
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
