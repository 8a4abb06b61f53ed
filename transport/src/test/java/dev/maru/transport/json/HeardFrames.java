package dev.maru.transport.json;

import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes what a reader hands over, one line for each.
 *
 * <p>Confined to one thread.
 */
final class HeardFrames implements StompFrameListener {
    private final List<String> heard = new ArrayList<>();

    List<String> heard() {
        return heard;
    }

    @Override
    public void onFrame(StompFrame frame) {
        heard.add(frame.command() + " " + frame.headers() + " " + frame.body().toString(StandardCharsets.ISO_8859_1));
        frame.close();
    }

    @Override
    public void onHeartBeat() {
        heard.add("heart-beat");
    }

    @Override
    public void onFault(StompFault fault, String detail, String receipt) {
        heard.add("fault " + fault);
    }
}
