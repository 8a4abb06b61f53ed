package dev.maru.transport.text;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Undoes on the way in what {@link TextBody} does on the way out: a SEND that says that its body is base64 is handed on
 * with the bytes themselves and without the header, so that clients of other transports never see base64.
 *
 * <p>Confined to its connection's event loop.
 */
public final class BodyDecoder implements StompFrameListener {
    private final StompFrameListener listener;
    private boolean faulty;

    public BodyDecoder(StompFrameListener listener) {
        this.listener = listener;
    }

    @Override
    public void onFrame(StompFrame frame) {
        if (faulty) {
            frame.close();
        } else if (frame.command() == StompCommand.SEND
                && TextBody.BASE64.equals(frame.headers().get(TextBody.ENCODING))) {
            decode(frame);
        } else {
            listener.onFrame(frame);
        }
    }

    @Override
    public void onHeartBeat() {
        if (!faulty) {
            listener.onHeartBeat();
        }
    }

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        if (!faulty) {
            faulty = true;
            listener.onFault(fault, detail, receipt);
        }
    }

    private void decode(StompFrame frame) {
        byte[] body;
        try (frame) {
            body = Base64.getDecoder().decode(ByteBufUtil.getBytes(frame.body()));
        } catch (IllegalArgumentException e) {
            onFault(
                    StompFault.MALFORMED_FRAME,
                    "the body is not base64",
                    frame.headers().get("receipt"));
            return;
        }
        StompHeaders headers = new StompHeaders();
        frame.headers().forEach((name, value) -> {
            if (!name.equals(TextBody.ENCODING) && !name.equals("content-length")) {
                headers.add(name, value);
            }
        });
        listener.onFrame(new StompFrame(frame.command(), headers, Unpooled.wrappedBuffer(body)));
    }
}
