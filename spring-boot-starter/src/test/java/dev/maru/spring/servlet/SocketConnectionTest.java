package dev.maru.spring.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.session.Handshake;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompLimits;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/** A client of a servlet application, where the container cannot stop reading. */
class SocketConnectionTest {
    private static final StompLimits LIMITS = new StompLimits(1_000, 64, 500);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final DefaultEventExecutor executor = new DefaultEventExecutor();
    private final SessionTasks tasks = new SessionTasks(new VirtualThreadTaskExecutor("test-"), Integer.MAX_VALUE);
    private final SocketWriter writer = new SocketWriter(socket(), tasks);
    private final SocketConnection connection =
            new SocketConnection(executor, writer, new ReadingSwitch.None(), LIMITS);

    /** Notes what it is asked to send, and how it is closed. */
    private WebSocketSession socket() {
        return (WebSocketSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WebSocketSession.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "isOpen" -> {
                            return true;
                        }
                        case "sendMessage" -> told.add(((TextMessage) arguments[0]).getPayload());
                        case "close" -> told.add("close " + arguments[0]);
                        default -> throw new UnsupportedOperationException(method.toString());
                    }
                    return null;
                });
    }

    @AfterEach
    void stop() {
        executor.shutdownGracefully();
    }

    @Test
    void shutsOutWhoSendsOnWhileNothingIsRead() {
        for (int i = 0; i < 20; i++) {
            connection.receive(new TextMessage("x".repeat(100)));
        }
        assertThat(told).isEmpty();
        connection.receive(new TextMessage("x"));
        await().untilAsserted(() -> assertThat(told).singleElement().asString().contains("1008"));
    }

    @Test
    void shutsOutOnceWhoSendsNothingButEmptyMessages() {
        for (int i = 0; i < 1_000; i++) {
            connection.receive(new TextMessage(""));
        }
        writer.afterwards(() -> told.add("end"));
        await().untilAsserted(() -> assertThat(told).contains("end"));
        assertThat(told).hasSize(2).first().asString().contains("1008");
    }

    @Test
    void readsWhatCameBeforeItWasLetIn() {
        connection.receive(new TextMessage("CONNECT\naccept-version:1.2\n"));
        connection.receive(new TextMessage("host:maru\n\n\0"));
        try (Engine engine = Engine.builder().build()) {
            Handshake handshake = new Handshake("/ws", Map.of(), new InetSocketAddress("localhost", 1), "websocket");
            executor.execute(() -> connection.open(engine::open, handshake));
            await().untilAsserted(
                            () -> assertThat(told).singleElement().asString().startsWith("CONNECTED\n"));
        }
    }
}
