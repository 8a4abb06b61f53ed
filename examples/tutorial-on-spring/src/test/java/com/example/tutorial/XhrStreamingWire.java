package com.example.tutorial;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.testkit.ReceivedFrame;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SockJS without WebSocket: frames come in a response that does not end, and leave in requests of their own. */
final class XhrStreamingWire implements Wire, StompFrameListener {
    private static final int SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String session;
    private final List<ReceivedFrame> frames = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final StompDecoder decoder = StompDecoder.forServerFrames(new StompLimits(1 << 20, 100, 10_000), this);
    private volatile boolean ended;

    XhrStreamingWire(URI endpoint) {
        session = endpoint + "/000/" + UUID.randomUUID();
        Thread.ofVirtual().start(this::receive);
        opened.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void send(String message) {
        int status = post(
                        "/xhr_send",
                        JsonMapper.shared().writeValueAsString(List.of(message)),
                        BodyHandlers.discarding())
                .statusCode();
        if (status != 204) {
            throw new IllegalStateException("answered with " + status);
        }
    }

    @Override
    public List<ReceivedFrame> frames() {
        return frames;
    }

    @Override
    public void abort() {
        ended = true;
        http.shutdownNow();
    }

    @Override
    public void close() {
        abort();
    }

    /** A response ends when it has become long, and then the next one goes on. */
    private void receive() {
        while (!ended) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    post("/xhr_streaming", "", BodyHandlers.ofInputStream()).body(), UTF_8))) {
                lines.lines().forEach(this::take);
            } catch (IOException | UncheckedIOException e) {
                ended = true;
            }
        }
    }

    private void take(String line) {
        if (line.equals("o")) {
            opened.complete(true);
        } else if (line.startsWith("a")) {
            for (JsonNode message : JsonMapper.shared().readTree(line.substring(1))) {
                decoder.decode(Unpooled.copiedBuffer(message.asString(), UTF_8));
            }
        } else if (line.startsWith("c")) {
            ended = true;
        }
    }

    @Override
    public void onFrame(StompFrame frame) {
        try (frame) {
            frames.add(new ReceivedFrame(frame.command(), frame.headers(), ByteBufUtil.getBytes(frame.body())));
        }
    }

    @Override
    public void onHeartBeat() {}

    @Override
    public void onFault(StompFault fault, String detail, String receipt) {
        throw new IllegalStateException(detail);
    }

    private <T> HttpResponse<T> post(String path, String body, HttpResponse.BodyHandler<T> handler) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(session + path))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
