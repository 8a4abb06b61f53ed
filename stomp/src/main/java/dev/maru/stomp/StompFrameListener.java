package dev.maru.stomp;

import org.jspecify.annotations.Nullable;

/** Who receives what a {@link StompDecoder} reads. Called on the decoder's thread, in the order of the bytes. */
public interface StompFrameListener {

    /** A whole frame; the listener owns it and closes it. */
    void onFrame(StompFrame frame);

    /** An end of line between frames (STOMP 1.2, "Heart-beating"). */
    void onHeartBeat();

    /**
     * The bytes make no sense; nothing comes after this and the decoder ignores all further input.
     *
     * @param fault what is wrong
     * @param detail the same in words for the client, without the client's own bytes
     * @param receipt the {@code receipt} header of the frame that broke off, if it had been read by then: an ERROR
     *     names it (STOMP 1.2, "ERROR")
     */
    void onFault(StompFault fault, String detail, @Nullable String receipt);
}
