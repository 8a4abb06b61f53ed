package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.Engine;
import dev.maru.engine.message.MessageContent;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import io.netty.util.NettyRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is compressed on its way to many: once for all of them, and not at all for one. */
class DeflatedFanOutTest {
    private static final String LONG = "{\"text\":\"" + "long ".repeat(100) + "\"}";

    /** Connections are dealt out to the event loops in turn, so this many are two on each. */
    private static final int TWO_ON_EACH_LOOP = 4 * NettyRuntime.availableProcessors();

    private final List<RawClient> clients = new ArrayList<>();
    private final Engine engine = Engine.builder().build();
    private HttpTransportServer server;

    @BeforeEach
    void start() {
        TransportSettings settings =
                TransportSettings.of(engine::open, WebSocketEndpoint.at("/ws")).withCompressionThreshold(256);
        server = HttpTransportServer.start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        engine.close();
        server.close();
    }

    @Test
    void compressesWhatManyGet() throws IOException {
        openMany(1);
        publish(LONG);
        for (RawClient client : clients) {
            assertThat(client.frame()).startsWith("deflated text MESSAGE\n").contains(LONG);
        }
    }

    @Test
    void compressesNothingForOneAlone() throws IOException {
        open("Sec-WebSocket-Extensions: permessage-deflate", 1);
        publish(LONG);
        assertThat(clients.getFirst().frame()).startsWith("text MESSAGE\n").contains(LONG);
    }

    @Test
    void compressesNothingShort() throws IOException {
        openMany(1);
        publish("{}");
        for (RawClient client : clients) {
            assertThat(client.frame()).startsWith("text MESSAGE\n");
        }
    }

    @Test
    void sendsPlainTextToThoseWhoDidNotAskForAnythingElse() throws IOException {
        openMany(1);
        RawClient plain = open("X-Plain: yes", 1);
        publish(LONG);
        assertThat(plain.frame()).startsWith("text MESSAGE\n");
        assertThat(clients.getFirst().frame()).startsWith("deflated text MESSAGE\n");
    }

    @Test
    void compressesAMessageSixteenTimesAtMostHoweverManyIdsItsSubscribersMakeUp() throws IOException {
        openMany(20);
        publish(LONG);
        for (RawClient client : clients) {
            int deflated = 0;
            for (int i = 0; i < 20; i++) {
                deflated += client.frame().startsWith("deflated ") ? 1 : 0;
            }
            assertThat(deflated).isEqualTo(16);
        }
    }

    private void publish(String body) {
        engine.publish("/topic/a", MessageContent.json(body.getBytes(UTF_8)));
    }

    private void openMany(int subscriptions) throws IOException {
        for (int i = 0; i < TWO_ON_EACH_LOOP; i++) {
            open("Sec-WebSocket-Extensions: permessage-deflate", subscriptions);
        }
    }

    private RawClient open(String header, int subscriptions) throws IOException {
        RawClient client = new RawClient(server.address());
        clients.add(client);
        assertThat(client.handshake("/ws", header).response().status()).isEqualTo(101);
        client.send(ClientFrame.text("CONNECT\naccept-version:1.2\nhost:a\nheart-beat:0,0\n\n\0"));
        assertThat(client.frame()).startsWith("text CONNECTED");
        for (int i = 0; i < subscriptions; i++) {
            client.send(ClientFrame.text("SUBSCRIBE\nid:" + i + "\ndestination:/topic/a\nreceipt:r\n\n\0"));
            assertThat(client.frame()).startsWith("text RECEIPT");
        }
        return client;
    }
}
