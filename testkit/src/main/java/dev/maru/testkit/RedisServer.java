package dev.maru.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import java.util.stream.Stream;

/**
 * A real {@code redis-server} from the PATH, on a port and in a folder of its own, that keeps nothing on disk.
 *
 * <p>Confined to the thread of a test.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    private RedisServer(Path folder, int port, List<String> command) throws IOException {
        this.folder = folder;
        this.port = port;
        this.command = command;
        process = launch();
    }

    /**
     * Starts a server, and returns when it answers.
     *
     * @param options further arguments, for example {@code --requirepass}, {@code secret}
     */
    public static RedisServer start(String... options) throws IOException {
        Path program = Installed.require("redis-server");
        Path folder = Files.createTempDirectory("maru-redis");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(program.toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.toString()));
        command.addAll(List.of(options));
        return new RedisServer(folder, port, command);
    }

    public int port() {
        return port;
    }

    /** For clients: {@code redis://127.0.0.1:<port>}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Starts it again after {@link #kill}, on the same port. */
    public void restart() throws IOException {
        process = launch();
    }

    /** Asks it by {@code redis-cli}, and returns the answer. */
    public String control(String... arguments) throws IOException, InterruptedException {
        List<String> asking = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        asking.addAll(List.of(arguments));
        Process control = new ProcessBuilder(asking).redirectErrorStream(true).start();
        String answer = new String(control.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (control.waitFor() != 0 || answer.startsWith("ERR")) {
            throw new IllegalStateException(answer);
        }
        return answer;
    }

    /** Sends a signal to it, for example {@code STOP} or {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Process launch() throws IOException {
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
                .start();
        await().atMost(PATIENCE).until(() -> {
            if (!launched.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("out")));
            }
            return answers();
        });
        return launched;
    }

    /** Whatever the answer is, for example that a password is needed. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** One that nobody listens on at the moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
