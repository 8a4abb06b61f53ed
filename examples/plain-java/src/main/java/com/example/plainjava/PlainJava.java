package com.example.plainjava;

import dev.maru.engine.Engine;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.InMemoryMessageLog;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.ApplicationFrame;
import dev.maru.engine.session.ReceiptScope;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.server.HttpTransportServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A STOMP server with history: what is sent to {@code /app/shout} is heard, in capitals, at {@code /topic/shouts}. */
public final class PlainJava implements AutoCloseable {
    private static final int KEPT_MESSAGES = 1000;
    private static final int DESTINATIONS = 100;

    private final Engine engine;
    private final HttpTransportServer server;

    PlainJava(int port) {
        engine = Engine.builder()
                .recoverable("/topic/**", new InMemoryMessageLog(KEPT_MESSAGES, DESTINATIONS))
                .application(this::handle, "/app")
                .build();
        server = HttpTransportServer.start(
                engine::open, List.of(WebSocketEndpoint.at("/ws").withSockJs()), new InetSocketAddress(port));
    }

    public static void main(String[] args) throws InterruptedException {
        PlainJava running = new PlainJava(args.length > 0 ? Integer.parseInt(args[0]) : 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        System.out.println("Listening at ws://localhost:" + running.port() + "/ws");
        new CountDownLatch(1).await();
    }

    int port() {
        return server.address().getPort();
    }

    /**
     * Called on event loops, so it must not wait: what takes time belongs to another thread, and the stage says when. The
     * receipt of the frame waits for what is published in its scope.
     */
    private CompletionStage<@Nullable Void> handle(ApplicationFrame frame) {
        if (!frame.destination().equals("/app/shout")) {
            return CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "only /app/shout is here"));
        }
        String shout = new String(frame.body(), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
        MessageContent content = MessageContent.bytes(shout.getBytes(StandardCharsets.UTF_8));
        ScopedValue.where(ReceiptScope.CURRENT, frame.scope()).run(() -> engine.publish("/topic/shouts", content));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {
        engine.close();
        server.close();
    }
}
