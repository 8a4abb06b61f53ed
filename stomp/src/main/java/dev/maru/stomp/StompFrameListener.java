package dev.maru.stomp;

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
     */
    void onFault(StompFault fault, String detail);
}
