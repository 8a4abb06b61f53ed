package dev.maru.cluster.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/** A Kafka of one node, in a process of its own, so that it can really be killed. Keeps its port and its data. */
final class KafkaServer implements AutoCloseable {
    private static final String READY = "kafka is up";

    private final Path folder;
    private final int port = freePort();
    private final int controllerPort = freePort();
    private Process process;

    KafkaServer(Path folder) {
        this.folder = folder;
    }

    String address() {
        return "localhost:" + port;
    }

    /** Returns when it takes requests. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaServer.class.getName(),
                        folder.toString(),
                        String.valueOf(port),
                        String.valueOf(controllerPort))
                .redirectErrorStream(true)
                .start();
        StringBuilder output = new StringBuilder();
        for (String line = ""; !line.contains(READY); output.append(line).append('\n')) {
            line = process.inputReader().readLine();
            if (line == null) {
                throw new AssertionError("Kafka did not start: " + output);
            }
        }
        Process running = process;
        Thread.ofVirtual().start(() -> running.inputReader().lines().forEach(_ -> {}));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The server's process: lives for as long as its standard input is open, that is, no longer than the tests. */
    public static void main(String[] arguments) throws IOException {
        Properties settings = settings(arguments[0], arguments[1], arguments[2]);
        Path file = Path.of(arguments[0], "server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        StorageTool.execute(
                List.of("format", "-t", "maruTestsAAAAAAAAAAAAA", "-g", "-c", file.toString())
                        .toArray(String[]::new),
                System.out);
        new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM).startup();
        System.out.println(READY);
        int end = System.in.read();
        Runtime.getRuntime().halt(end);
    }

    private static Properties settings(String folder, String port, String controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty(
                "listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("controller.quorum.voters", "1@localhost:" + controllerPort);
        settings.setProperty("log.dirs", Path.of(folder, "data").toString());
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // A killed broker comes back at once, and must not wait until its former self counts as dead.
        settings.setProperty("broker.session.timeout.ms", "1000");
        settings.setProperty("broker.heartbeat.interval.ms", "250");
        settings.setProperty("num.partitions", "1");
        return settings;
    }
}
