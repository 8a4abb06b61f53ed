package dev.maru.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.websocket.StompWebSocketFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What reading a SEND and writing a MESSAGE cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark implements StompFrameListener {
    private final ByteBuf send = Unpooled.directBuffer()
            .writeBytes(("SEND\ndestination:/app/chat/message/lobby\ncontent-type:application/json\nreceipt:r-1\n\n"
                            + "x".repeat(200) + "\0")
                    .getBytes(UTF_8));
    private final ServerFrame message = new ServerFrame(
            StompCommand.MESSAGE,
            StompHeaders.of(
                    "destination",
                    "/topic/public/lobby",
                    "content-type",
                    "application/json",
                    "subscription",
                    "0",
                    "message-id",
                    "lobby-k3j9x2-1234"),
            "x".repeat(200).getBytes(UTF_8));
    private final ByteBuf out = Unpooled.directBuffer(1024);
    private final StompDecoder decoder = new StompDecoder(StompLimits.DEFAULT, this);
    private int frames;

    @Benchmark
    public int decodeSend() {
        decoder.decode(send.readerIndex(0).retain());
        return frames;
    }

    @Benchmark
    public int encodeMessage() {
        StompWebSocketFormat.V1_2.encode(message, out.clear());
        return out.writerIndex();
    }

    @Override
    public void onFrame(StompFrame frame) {
        frames++;
        frame.close();
    }

    @Override
    public void onHeartBeat() {}

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        throw new IllegalStateException(detail);
    }
}
