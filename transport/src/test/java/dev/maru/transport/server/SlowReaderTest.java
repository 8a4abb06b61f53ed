package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.fanout.OverflowLimits;
import dev.maru.engine.history.InMemoryMessageLog;
import dev.maru.engine.message.MessageContent;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that stops reading, over real sockets. The next message is published only when everybody else has the one
 * before, so that whatever the slow one does to them would show.
 */
class SlowReaderTest {
    private static final int MESSAGES = 150;
    private static final int RECEIVE_BUFFER = 4096;
    private static final String PADDING = "-".repeat(60_000);

    private final List<RawClient> clients = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Engine engine;
    private HttpTransportServer server;
    private RawClient slow;
    private List<RawClient> others;

    @BeforeEach
    void start() {
        Engine.Builder builder = Engine.builder()
                .recoverable("/topic/kept", new InMemoryMessageLog(1000, 1))
                .overflowLimits(new OverflowLimits(8, 1_000_000));
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            builder.overflow("/topic/" + policy, policy);
        }
        engine = builder.build();
        server = HttpTransportServer.start(
                engine::open,
                List.of(WebSocketEndpoint.at("/ws")),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        engine.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = "DISCONNECT", mode = EnumSource.Mode.EXCLUDE)
    void losesWhatThePolicySaysAndNothingElse(OverflowPolicy policy) throws IOException {
        String destination = "/topic/" + policy;
        meet(destination);
        publishInStep(destination, MESSAGES);

        assertThat(engine.slowConsumers().droppedMessages()).isPositive();
        Thread reader = readAll();
        AtomicInteger later = new AtomicInteger(MESSAGES);
        await().until(() -> {
            publish(destination, later.getAndIncrement());
            return heard.stream().anyMatch(number -> Integer.parseInt(number) >= MESSAGES);
        });

        assertThat(heard)
                .isSortedAccordingTo(Comparator.comparing(Integer::valueOf))
                .doesNotHaveDuplicates();
        assertThat(heard).hasSizeLessThan(MESSAGES);
        String newest = Integer.toString(MESSAGES - 1);
        if (policy == OverflowPolicy.DROP_NEWEST) {
            assertThat(heard).doesNotContain(newest);
        } else {
            assertThat(heard).contains(newest);
        }
        assertThat(reader.isAlive()).isTrue();
    }

    @Test
    void losesNothingWhereThereIsAHistory() throws IOException {
        meet("/topic/kept");
        publishInStep("/topic/kept", MESSAGES);

        assertThat(engine.slowConsumers().fellBehind()).isPositive();
        readAll();
        await().until(() -> heard.size() == MESSAGES);
        publish("/topic/kept", MESSAGES);
        await().until(() -> heard.size() == MESSAGES + 1);

        assertThat(heard)
                .isEqualTo(IntStream.rangeClosed(0, MESSAGES)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void isToldWhyItIsDisconnectedWhileTheOthersReadOn() throws Exception {
        meet("/topic/DISCONNECT");
        for (int i = 0; i < MESSAGES && engine.slowConsumers().disconnected() == 0; i++) {
            publishInStep("/topic/DISCONNECT", 1);
        }

        List<String> frames = new ArrayList<>();
        for (String frame = slow.frame(); !frame.equals("end"); frame = slow.frame()) {
            frames.add(frame);
        }
        assertThat(frames.getLast()).isEqualTo("close 4001 slow-consumer");
        assertThat(frames.get(frames.size() - 2))
                .startsWith("text ERROR\n")
                .contains("message:slow-consumer\n", "code:4024\n");
        publishInStep("/topic/DISCONNECT", 10);
    }

    /** One client that reads nothing after its RECEIPT, and three that read everything. */
    private void meet(String destination) throws IOException {
        Socket small = new Socket();
        small.setReceiveBufferSize(RECEIVE_BUFFER);
        small.connect(server.address());
        slow = subscribed(new RawClient(small), destination);
        others = List.of(
                subscribed(new RawClient(server.address()), destination),
                subscribed(new RawClient(server.address()), destination),
                subscribed(new RawClient(server.address()), destination));
    }

    private RawClient subscribed(RawClient client, String destination) throws IOException {
        clients.add(client);
        assertThat(client.handshake("/ws").response().status()).isEqualTo(101);
        client.send(
                ClientFrame.text("CONNECT\naccept-version:1.2\nhost:x\n\n\0"),
                ClientFrame.text("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:r\n\n\0"));
        assertThat(client.frame()).startsWith("text CONNECTED\n");
        assertThat(client.frame()).startsWith("text RECEIPT\n");
        return client;
    }

    private void publishInStep(String destination, int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            publish(destination, i);
            for (RawClient other : others) {
                assertThat(number(other.frame())).isEqualTo(Integer.toString(i));
            }
        }
    }

    private void publish(String destination, int number) {
        engine.publish(destination, MessageContent.bytes((number + PADDING).getBytes(UTF_8)))
                .toCompletableFuture()
                .join();
    }

    private Thread readAll() {
        return Thread.ofVirtual().start(() -> {
            try {
                for (String frame = slow.frame(); !frame.equals("end"); frame = slow.frame()) {
                    heard.add(number(frame));
                }
            } catch (IOException e) {
                heard.add(e.toString());
            }
        });
    }

    private static String number(String frame) {
        assertThat(frame).startsWith("text MESSAGE\n");
        String body = frame.substring(frame.indexOf("\n\n") + 2);
        return body.substring(0, body.indexOf('-'));
    }
}
