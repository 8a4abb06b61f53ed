package dev.maru.engine.session;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBufUtil;

/**
 * A frame that waits for its transaction's COMMIT, with a copy of its body, so that it does not hold on to what it was
 * received in.
 *
 * @param command SEND, ACK or NACK
 */
record HeldFrame(StompCommand command, StompHeaders headers, byte[] body) {

    static HeldFrame of(StompFrame frame) {
        return new HeldFrame(frame.command(), frame.headers(), ByteBufUtil.getBytes(frame.body()));
    }

    /** What it counts for against the limit; no less than it takes in memory for Latin letters. */
    long size() {
        long[] size = {body.length};
        headers.forEach((name, value) -> size[0] += name.length() + value.length());
        return size[0];
    }

    /** Where a SEND goes. */
    String destination() {
        return FrameHandler.required(headers, "destination");
    }
}
