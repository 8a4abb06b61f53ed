package dev.maru.spring.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.simp.stomp.ReactorNettyTcpStompClient;
import org.springframework.messaging.simp.stomp.StompClientSupport;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/** Spring's own STOMP clients, over TCP and over WebSocket. */
class SpringClientsTest {
    private static final SimpleAsyncTaskScheduler SCHEDULER = new SimpleAsyncTaskScheduler();
    private static ConfigurableApplicationContext broker;

    @BeforeAll
    static void start() {
        broker = RunningBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
        SCHEDULER.close();
    }

    @Test
    void talksOverTcp() throws Exception {
        ReactorNettyTcpStompClient client = new ReactorNettyTcpStompClient("localhost", RunningBroker.tcpPort(broker));
        try {
            converse(ready(client).connectAsync(new StompSessionHandlerAdapter() {}));
        } finally {
            client.shutdown();
        }
    }

    @Test
    void talksOverWebSocket() throws Exception {
        WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
        converse(ready(client)
                .connectAsync(
                        "ws://localhost:" + RunningBroker.webPort(broker) + "/ws",
                        new StompSessionHandlerAdapter() {}));
        client.stop();
    }

    private static <T extends StompClientSupport> T ready(T client) {
        client.setMessageConverter(new StringMessageConverter());
        client.setTaskScheduler(SCHEDULER);
        client.setDefaultHeartbeat(new long[] {1_000, 1_000});
        return client;
    }

    private static void converse(CompletableFuture<StompSession> connecting) throws Exception {
        StompSession session = connecting.get(10, TimeUnit.SECONDS);
        session.setAutoReceipt(true);
        Heard heard = new Heard();
        await(session.subscribe("/topic/spring", heard));

        await(session.send("/topic/spring", "안녕: 한 줄\n두 줄"));
        assertThat(heard.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("안녕: 한 줄\n두 줄");

        StompHeaders odd = new StompHeaders();
        odd.setDestination("/topic/spring");
        odd.add("with:colon", "back\\slash\nand line");
        await(session.send(odd, "headers"));
        assertThat(heard.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("headers");
        assertThat(heard.last.getFirst("with:colon")).isEqualTo("back\\slash\nand line");
        session.disconnect();
    }

    private static void await(StompSession.Receiptable receiptable) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        receiptable.addReceiptTask(() -> done.complete(null));
        receiptable.addReceiptLostTask(() -> done.completeExceptionally(new AssertionError("no receipt came")));
        done.get(20, TimeUnit.SECONDS);
    }

    private static final class Heard implements StompFrameHandler {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private volatile StompHeaders last = new StompHeaders();

        @Override
        public Type getPayloadType(StompHeaders headers) {
            return String.class;
        }

        @Override
        public void handleFrame(StompHeaders headers, Object payload) {
            last = headers;
            texts.add((String) payload);
        }
    }
}
