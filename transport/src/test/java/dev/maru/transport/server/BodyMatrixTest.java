package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.Engine;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompLimits;
import dev.maru.testkit.EventStreamClient;
import dev.maru.testkit.JsonSocketClient;
import dev.maru.testkit.ReceivedEvent;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import dev.maru.transport.tcp.TcpClient;
import dev.maru.transport.tcp.TcpLoops;
import dev.maru.transport.tcp.TcpSettings;
import dev.maru.transport.tcp.TcpTransportServer;
import dev.maru.transport.websocket.Utf8Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any body, sent over any transport, arrives as it was sent over every other. */
class BodyMatrixTest {
    private static final String TOPIC = "/topic/any";
    private static final int MEGABYTE = 1024 * 1024;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final TcpLoops loops = TcpLoops.start();
    private StreamServer server;
    private TcpTransportServer tcp;

    @BeforeEach
    void start() {
        server = new StreamServer(Engine.builder());
        TcpSettings settings =
                TcpSettings.of(server.engine()::open).withStompLimits(new StompLimits(4 * MEGABYTE, 64, 8192));
        tcp = TcpTransportServer.start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loops);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable client : open) {
            client.close();
        }
        server.close();
        tcp.close();
        loops.group().shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    @Test
    void carriesAnyBodyFromEveryTransportToEveryTransport() throws Exception {
        Map<String, Supplier<byte[]>> receivers = receivers();
        Map<String, Consumer<byte[]>> senders = senders();
        bodies().forEach((what, body) -> senders.forEach((from, sender) -> {
            sender.accept(body);
            receivers.forEach((to, receiver) -> assertThat(receiver.get())
                    .as("%s from %s to %s", what, from, to)
                    .isEqualTo(body));
        }));
    }

    private Map<String, Consumer<byte[]>> senders() throws IOException {
        StompTestClient stomp = keep(StompTestClient.connected(server.uri("/ws")));
        StompTestClient sockJs =
                keep(StompTestClient.at(server.uri("/ws")).sockJs().open());
        sockJs.connect();
        JsonSocketClient json = keep(JsonSocketClient.connected(server.uri("/socket")));
        Map<String, Consumer<byte[]>> senders = new LinkedHashMap<>();
        senders.put("WebSocket", body -> send(stomp, body, "r"));
        TcpClient plain = tcp("");
        senders.put("TCP", body -> send(plain, body));
        senders.put("SockJS", body -> sendAsText(sockJs, body));
        senders.put("JSON", body -> sendAsText(json, body));
        return senders;
    }

    private Map<String, Supplier<byte[]>> receivers() throws IOException {
        StompTestClient stomp = keep(StompTestClient.connected(server.uri("/ws")));
        stomp.subscribed("s", TOPIC);
        StompTestClient sockJs =
                keep(StompTestClient.at(server.uri("/ws")).sockJs().open());
        sockJs.connect();
        sockJs.subscribed("s", TOPIC);
        JsonSocketClient json = keep(JsonSocketClient.connected(server.uri("/socket")));
        json.subscribed("s", TOPIC);
        EventStreamClient events = keep(EventStreamClient.open(server.uri("/sse?destination=" + TOPIC)));
        Map<String, Supplier<byte[]>> receivers = new LinkedHashMap<>();
        receivers.put("WebSocket", () -> received(stomp.awaitMessage("s")));
        TcpClient plain = tcp("SUBSCRIBE\nid:s\ndestination:" + TOPIC + "\nreceipt:s\n\n^@");
        plain.next();
        receivers.put("TCP", () -> next(plain).body());
        receivers.put("SockJS", () -> received(sockJs.awaitMessage("s")));
        receivers.put("JSON", () -> received(json.await("MESSAGE")));
        receivers.put("SSE", () -> received(events.next()));
        return receivers;
    }

    private static Map<String, byte[]> bodies() {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        byte[] noise = new byte[MEGABYTE];
        new Random(7).nextBytes(noise);
        byte[] text = "글".repeat(MEGABYTE / 3).getBytes(UTF_8);
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("Korean", "안녕하세요 \"여러분\" \\ %".getBytes(UTF_8));
        bodies.put("emoji", "👩‍👩‍👧 \u2028\u200d\ufff0".getBytes(UTF_8));
        bodies.put("nothing", new byte[0]);
        bodies.put("a NUL", new byte[1]);
        bodies.put("lines", " a\n\r\n\rb\n\n".getBytes(UTF_8));
        bodies.put("every octet", octets);
        bodies.put("half a character", Arrays.copyOf("글".getBytes(UTF_8), 2));
        bodies.put("a megabyte of text", text);
        bodies.put("a megabyte of noise", noise);
        return bodies;
    }

    private static void send(StompTestClient client, byte[] body, String receipt, String... headers) {
        StompHeaders all = StompHeaders.of("destination", TOPIC, "receipt", receipt);
        StompHeaders.of(headers).forEach(all::add);
        client.send(StompCommand.SEND, all, body);
        client.awaitReceipt(receipt);
    }

    private static void sendAsText(StompTestClient client, byte[] body) {
        if (Utf8Validator.isUtf8(body)) {
            send(client, body, "r");
        } else {
            send(client, Base64.getEncoder().encode(body), "r", "content-transfer-encoding", "base64");
        }
    }

    private static void sendAsText(JsonSocketClient client, byte[] body) {
        if (Utf8Validator.isUtf8(body)) {
            client.send("SEND", "destination", TOPIC, "body", new String(body, UTF_8), "receipt", "r");
        } else {
            String text = Base64.getEncoder().encodeToString(body);
            client.send(
                    "SEND", "destination", TOPIC, "content-transfer-encoding", "base64", "body", text, "receipt", "r");
        }
        client.await("RECEIPT");
    }

    private TcpClient tcp(String further) throws IOException {
        TcpClient client = keep(new TcpClient(tcp.address()));
        client.send("CONNECT\naccept-version:1.2\nhost:maru\n\n^@" + further).next();
        return client;
    }

    private static void send(TcpClient client, byte[] body) {
        try {
            client.send("SEND\ndestination:" + TOPIC + "\nreceipt:r\ncontent-length:" + body.length + "\n\n");
            client.send(Arrays.copyOf(body, body.length + 1)).next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TcpClient.Frame next(TcpClient client) {
        try {
            return client.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] received(ReceivedFrame frame) {
        return "base64".equals(frame.header("content-transfer-encoding"))
                ? Base64.getDecoder().decode(frame.body())
                : frame.body();
    }

    private static byte[] received(Map<String, String> message) {
        String body = message.get("body");
        return "base64".equals(message.get("content-transfer-encoding"))
                ? Base64.getDecoder().decode(body)
                : body.getBytes(UTF_8);
    }

    private static byte[] received(ReceivedEvent event) {
        return event.name().equals("base64")
                ? Base64.getDecoder().decode(event.data())
                : event.data().getBytes(UTF_8);
    }

    private <T extends AutoCloseable> T keep(T client) {
        open.add(client);
        return client;
    }
}
