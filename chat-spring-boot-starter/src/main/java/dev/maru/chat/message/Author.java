package dev.maru.chat.message;

/**
 * Who writes. Immutable; safe for any thread.
 *
 * @param id stable and unique on this server, for example {@code guest:Jane}; at most 200 characters
 * @param name for people; 1 to 40 code points in NFC, without surrounding blanks and control characters
 */
public record Author(String id, String name) {

    /**
     * Somebody who picked a nickname.
     *
     * @throws dev.maru.engine.fault.Refusal INVALID_SENDER
     */
    public static Author guest(String nickname) {
        throw new UnsupportedOperationException();
    }
}
