package dev.maru.stomp;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes down what a decoder reports and releases every frame. Confined to one thread. */
final class RecordingListener implements StompFrameListener {
    final List<String> events = new ArrayList<>();
    final List<StompHeaders> headers = new ArrayList<>();
    final List<byte[]> bodies = new ArrayList<>();

    /** The receipt that the frame asked for in which a fault was found. */
    @Nullable String receiptOfFault;

    /** Is called with each frame while its body is still there. */
    Consumer<StompFrame> onFrame = frame -> {};

    @Override
    public void onFrame(StompFrame frame) {
        byte[] body = ByteBufUtil.getBytes(frame.body());
        events.add(frame.command() + " " + frame.headers() + " " + new String(body, StandardCharsets.UTF_8));
        headers.add(frame.headers());
        bodies.add(body);
        onFrame.accept(frame);
        frame.close();
    }

    @Override
    public void onHeartBeat() {
        events.add("heart-beat");
    }

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        events.add(fault.name());
        receiptOfFault = receipt;
    }
}
