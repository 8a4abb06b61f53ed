package dev.maru.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real RabbitMQ as the system's packages install it, with a node, ports and folders of its own.
 *
 * <p>Confined to the thread of a test.
 */
public final class RabbitMqServer implements AutoCloseable {
    private static final Path PACKAGED = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static @Nullable RabbitMqServer shared;

    private final Path program;
    private final Path folder = Files.createTempDirectory("maru-rabbitmq");
    private final int port = freePort();
    private final int stompPort = freePort();
    private final int mapperPort = freePort();
    private final List<Integer> listening = new ArrayList<>();
    private final Map<String, String> environment;
    private Process process;

    private RabbitMqServer(Path program, List<String> plugins) throws IOException {
        this.program = program;
        List<String> configuration = new ArrayList<>(List.of("listeners.tcp.1 = 127.0.0.1:" + port));
        listening.add(port);
        if (plugins.contains("rabbitmq_stomp")) {
            configuration.add("stomp.listeners.tcp.1 = 127.0.0.1:" + stompPort);
            listening.add(stompPort);
        }
        Files.writeString(folder.resolve("plugins"), "[" + String.join(",", plugins) + "].");
        Files.write(folder.resolve("rabbitmq.conf"), configuration);
        environment = Map.of(
                "HOME", folder.toString(),
                "ERL_EPMD_PORT", Integer.toString(mapperPort),
                "RABBITMQ_NODENAME", "maru-test-" + port + "@localhost",
                "RABBITMQ_DIST_PORT", Integer.toString(freePort()),
                "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString(),
                "RABBITMQ_MNESIA_BASE", folder.resolve("data").toString(),
                "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                "RABBITMQ_PID_FILE", folder.resolve("pid").toString());
        process = launch();
    }

    /** Starts a server, and returns when it takes connections. */
    public static RabbitMqServer start(String... plugins) throws IOException {
        return new RabbitMqServer(Installed.require("rabbitmq-server", PACKAGED), List.of(plugins));
    }

    /** One server without plugins for all tests of a JVM, because starting takes seconds; it ends with the JVM. */
    public static synchronized RabbitMqServer shared() throws IOException {
        RabbitMqServer running = shared;
        if (running == null) {
            running = start();
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    /** Where it speaks AMQP 0-9-1, to {@code guest} with the password {@code guest}. */
    public int port() {
        return port;
    }

    /** Where it speaks STOMP, if the plugin {@code rabbitmq_stomp} was asked for. */
    public int stompPort() {
        return stompPort;
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Starts it again after {@link #kill}, on the same ports and with what it had on disk. */
    public void restart() throws IOException {
        process = launch();
    }

    /** Runs {@code rabbitmqctl} on it and returns what that wrote. */
    public String control(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(program.resolveSibling("rabbitmqctl").toString(), "-q"), Stream.of(arguments))
                        .toList());
        builder.environment().putAll(environment);
        Process control = builder.redirectErrorStream(true).start();
        String written = new String(control.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (control.waitFor() != 0) {
            throw new IllegalStateException(written);
        }
        return written;
    }

    @Override
    public void close() {
        try {
            kill();
            endPortMapper();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It has left its parent. */
    private void endPortMapper() throws IOException {
        Process ending = new ProcessBuilder("epmd", "-port", Integer.toString(mapperPort), "-kill")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            ending.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()));
        builder.environment().putAll(environment);
        Process launched = builder.start();
        await().atMost(PATIENCE).until(() -> {
            if (!launched.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("out")));
            }
            return listening.stream().allMatch(RabbitMqServer::answers);
        });
        return launched;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
