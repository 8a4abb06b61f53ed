package dev.maru.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.stomp.StompCommand;
import dev.maru.transport.tls.TestKeys;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STOMP over TCP behind TLS. */
class StompOverTlsTest {
    private static TestKeys keys;
    private StompServer server;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void carriesAConversation() throws Exception {
        start(Duration.ofSeconds(10));
        try (TcpClient client = secure()) {
            client.send("CONNECT\naccept-version:1.2\nhost:x\n\n^@");
            assertThat(client.next().command()).isEqualTo(StompCommand.CONNECTED);
            client.send("SUBSCRIBE\nid:s\ndestination:/topic/a\nreceipt:r\n\n^@")
                    .next();

            byte[] body = "안".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            var _ = server.engine().publish("/topic/a", MessageContent.bytes(body));
            assertThat(client.next().body()).isEqualTo(body);

            client.send("DISCONNECT\nreceipt:bye\n\n^@");
            assertThat(client.next().header("receipt-id")).isEqualTo("bye");
            assertThat(client.ends()).isTrue();
            assertThat(server.closed()).isEqualTo(CloseReason.DISCONNECTED);
        }
    }

    @Test
    void closesAClientThatDoesNotFinishItsHandshake() throws Exception {
        start(Duration.ofMillis(100));
        try (Socket silent =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.engine().sessions()).isZero();
    }

    @Test
    void understandsNobodyWhoSpeaksWithoutTls() throws Exception {
        start(Duration.ofSeconds(10));
        try (TcpClient client = new TcpClient(server.address())) {
            client.send("CONNECT\naccept-version:1.2\nhost:x\n\n^@");
            client.socket().getInputStream().readAllBytes();
        }
        assertThat(server.engine().sessions()).isZero();
    }

    private void start(Duration handshakeTimeout) throws Exception {
        SslContext tls = keys.serving();
        server = new StompServer(
                engine -> engine, settings -> settings.withTls(() -> tls).withHandshakeTimeout(handshakeTimeout));
    }

    private TcpClient secure() throws Exception {
        return new TcpClient(keys.trusting()
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort()));
    }
}
