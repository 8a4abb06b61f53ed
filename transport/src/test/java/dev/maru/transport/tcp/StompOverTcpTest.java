package dev.maru.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.DrainPlan;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AddressLimit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine behind a TCP port, as clients meet it. */
class StompOverTcpTest {
    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:x\n\n^@";
    private static final String SUBSCRIBE = "SUBSCRIBE\nid:s\ndestination:/topic/a\nreceipt:r\n\n^@";

    private StompServer server = new StompServer();

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void carriesAConversation() throws Exception {
        TcpClient client = server.open().send(CONNECT);
        assertThat(client.next().header("version")).isEqualTo("1.2");
        assertThat(client.send(SUBSCRIBE).next().header("receipt-id")).isEqualTo("r");

        client.send("SEND\ndestination:/topic/a\n\n안녕^@");
        TcpClient.Frame message = client.next();
        assertThat(message.command()).isEqualTo(StompCommand.MESSAGE);
        assertThat(message.header("subscription")).isEqualTo("s");
        assertThat(message.text()).isEqualTo("안녕");

        client.send("DISCONNECT\nreceipt:bye\n\n^@");
        assertThat(client.next().header("receipt-id")).isEqualTo("bye");
        assertThat(client.ends()).isTrue();
        assertThat(server.closed()).isEqualTo(CloseReason.DISCONNECTED);
    }

    @Test
    void understandsAConversationThatIsCutAnywhere() throws Exception {
        byte[] talk = (CONNECT + SUBSCRIBE + "\n\r\nSEND\ndestination:/topic/a\n\n하나^@")
                .replace("^@", "\0")
                .getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < talk.length; cut += 3) {
            try (TcpClient client = new TcpClient(server.address())) {
                client.send(Arrays.copyOf(talk, cut)).send(Arrays.copyOfRange(talk, cut, talk.length));
                assertThat(client.next().command()).isEqualTo(StompCommand.CONNECTED);
                assertThat(client.next().command()).isEqualTo(StompCommand.RECEIPT);
                assertThat(client.next().text()).isEqualTo("하나");
            }
        }
    }

    @Test
    void carriesAMegabyteOfAnyBytesUnharmed() throws Exception {
        restart(new StompLimits(2 << 20, 64, 8192));
        byte[] body = new byte[1 << 20];
        new Random(20261122).nextBytes(body);
        TcpClient client = server.subscribed("1.2", "/topic/a");

        client.send("SEND\ndestination:/topic/a\ncontent-length:" + body.length + "\n\n")
                .send(body)
                .send("^@");

        assertThat(client.next().body()).isEqualTo(body);
    }

    @Test
    void letsAClientThatIsStillSendingSeeTheError() throws Exception {
        TcpClient client = server.connect();

        client.send("SEND\ndestination:/topic/a\ncontent-length:9999999\n\n").send(new byte[2_000_000]);

        assertThat(client.next().header("message")).isEqualTo("frame-too-large");
        assertThat(client.ends()).isTrue();
        assertThat(server.closed()).isEqualTo(CloseReason.PROTOCOL_FAULT);
    }

    @Test
    void cutsOffAClientThatNeverStopsSending() throws Exception {
        TcpClient client = server.connect().send("NONSENSE\n");

        assertThatThrownBy(() -> {
                    for (int sent = 0; sent < 64; sent++) {
                        client.send(new byte[1 << 20]);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void answersAnHttpRequestWithAnErrorAndNothingElse() throws Exception {
        TcpClient client = server.open()
                .send("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n" + CONNECT + "SEND\ndestination:/topic/a\n\nx^@");

        assertThat(client.next().header("message")).isEqualTo("unknown-command");
        assertThat(client.ends()).isTrue();
    }

    @Test
    void noticesThatAClientIsGone() throws Exception {
        server.connect().close();
        assertThat(server.closed()).isEqualTo(CloseReason.CONNECTION_LOST);

        TcpClient reset = server.connect();
        reset.socket().setSoLinger(true, 0);
        reset.close();
        assertThat(server.closed()).isEqualTo(CloseReason.CONNECTION_LOST);
    }

    @Test
    void dropsAReaderThatIsTooSlowAndNobodyElse() throws Exception {
        server.subscribed("1.2", "/topic/a");
        TcpClient fast = server.subscribed("1.2", "/topic/a");

        byte[] body = new byte[100_000];
        for (int i = 0; i < 200; i++) {
            var _ = server.engine().publish("/topic/a", MessageContent.bytes(body));
            assertThat(fast.next().body()).hasSize(body.length);
        }

        assertThat(server.closed()).isEqualTo(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void closesEverythingWhenTheServerGoesDown() throws Exception {
        TcpClient client = server.connect();

        server.engine().close();

        assertThat(client.ends()).isTrue();
        assertThat(server.closed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void tellsClientsWhenToComeBack() throws Exception {
        TcpClient client = server.connect();

        server.engine().drain(DrainPlan.DEFAULT);

        TcpClient.Frame error = client.next();
        assertThat(error.command()).isEqualTo(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("server-shutdown");
        assertThat(error.header("code")).isEqualTo("4462");
        assertThat(Integer.parseInt(String.valueOf(error.header("reconnect-delay"))))
                .isPositive();
        assertThat(client.ends()).isTrue();
    }

    @Test
    void countsTheConnectionsOfAnAddress() throws Exception {
        AddressLimit one = new AddressLimit(1);
        EmbeddedChannel first = channelFrom("198.51.100.7");
        assertThat(one.admit(first)).isTrue();
        assertThat(one.admit(channelFrom("198.51.100.7"))).isFalse();
        assertThat(one.admit(channelFrom("198.51.100.8"))).isTrue();

        first.close().sync();

        assertThat(one.admit(channelFrom("198.51.100.7"))).isTrue();
    }

    @Test
    void tellsAClientWhoseAddressHasItsShareAndCloses() {
        EmbeddedChannel channel = new EmbeddedChannel(new TcpRefusal());

        ByteBuf told = channel.readOutbound();
        assertThat(told.toString(StandardCharsets.UTF_8))
                .startsWith("ERROR\nmessage:too-many-connections\ncode:4022\n");
        told.release();
        assertThat(channel.isOpen()).isFalse();
    }

    private void restart(StompLimits limits) throws IOException {
        server.close();
        server = new StompServer(engine -> engine, settings -> settings.withStompLimits(limits));
    }

    private static EmbeddedChannel channelFrom(String address) {
        return new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 1);
            }
        };
    }
}
