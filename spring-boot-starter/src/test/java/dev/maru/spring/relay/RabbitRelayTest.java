package dev.maru.spring.relay;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** RabbitMQ as the system's packages install it, with a node, ports and folders of its own. */
class RabbitRelayTest extends RelayContract {
    private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    @TempDir
    private static Path folder;

    private static Process broker;
    private static int epmdPort;
    private static int port;

    @BeforeAll
    static void startBroker() throws Exception {
        // Whoever has no RabbitMQ is told that this was skipped; where everything is to be tested, it fails.
        if (System.getenv("CI") == null) {
            assumeThat(SERVER).as("RabbitMQ, Debian's package rabbitmq-server").exists();
        }
        port = freePort();
        epmdPort = freePort();
        Files.writeString(folder.resolve("plugins"), "[rabbitmq_stomp].");
        Files.writeString(
                folder.resolve("rabbitmq.conf"),
                "listeners.tcp = none\nstomp.listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        broker = start(Map.of(
                "HOME", folder.toString(),
                "ERL_EPMD_PORT", Integer.toString(epmdPort),
                "RABBITMQ_NODENAME", "maru-relay-" + port + "@localhost",
                "RABBITMQ_DIST_PORT", Integer.toString(freePort()),
                "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString(),
                "RABBITMQ_MNESIA_BASE", folder.resolve("data").toString(),
                "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                "RABBITMQ_PID_FILE", folder.resolve("pid").toString()));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return probe.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private static Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(SERVER.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        if (broker != null) {
            broker.descendants().forEach(ProcessHandle::destroy);
            broker.destroy();
            broker.waitFor(20, TimeUnit.SECONDS);
            // The port mapper has left its parent.
            ProcessBuilder mapper = new ProcessBuilder("epmd", "-port", Integer.toString(epmdPort), "-kill");
            mapper.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
            mapper.start().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    int brokerPort() {
        return port;
    }
}
