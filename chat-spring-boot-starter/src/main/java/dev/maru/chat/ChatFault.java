package dev.maru.chat;

import dev.maru.engine.fault.Fault;

/** What the chat refuses: the rows 4100 to 4199 of the table of faults. Immutable; safe for any thread. */
public enum ChatFault implements Fault {
    /** The body is not the JSON that is expected here. */
    MALFORMED_JSON(4100, 400),
    /** {@code type} is none of JOIN, TALK and LEAVE. */
    UNKNOWN_TYPE(4101, 400),
    /** A room id is not 1 to 64 of {@code [A-Za-z0-9_-]}. */
    INVALID_ROOM_ID(4102, 400),
    /** The text is longer than the server allows. */
    TEXT_TOO_LONG(4103, 413),
    /** There is no text, or nothing in it that one could see. */
    EMPTY_TEXT(4104, 400),
    /** A sender's name is empty, too long or has characters that it may not have. */
    INVALID_SENDER(4105, 400),
    /** A {@code clientMessageId} is not 1 to 64 printable ASCII characters. */
    INVALID_CLIENT_MESSAGE_ID(4106, 400),
    /** A room's name is empty, too long or has characters that it may not have. */
    INVALID_ROOM_NAME(4107, 400),
    /** There is no such room. */
    UNKNOWN_ROOM(4109, 404),
    /** A room has, or had, this id. */
    ROOM_EXISTS(4110, 409),
    /** The server has as many rooms as it may have. */
    TOO_MANY_ROOMS(4111, 507),
    /** This client made too many rooms lately. */
    TOO_MANY_NEW_ROOMS(4112, 429),
    /** What is asked for cannot be understood: a limit, an offset, a time or a text to search for. */
    INVALID_QUERY(4113, 400),
    /** One connection brings no more people to rooms: it holds as many pairs of both as it may. */
    TOO_MANY_JOINS(4116, 429),
    /** The application does not let this message in. */
    MESSAGE_REFUSED(4117, 422),
    /** As many messages wait for a decision as may wait. */
    TOO_MANY_HELD(4118, 507);

    private final int code;
    private final int httpStatus;

    ChatFault(int code, int httpStatus) {
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
