package dev.maru.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that runs on the first processor alone, in a folder of its own that is gone when it is closed.
 *
 * <p>Used by the main thread alone.
 */
record RunningPeer(Peer peer, Process process, int port, Path folder) implements AutoCloseable {
    private static final int START_SECONDS = 120;

    /** Starts it and waits until its port answers. */
    static RunningPeer start(Peer peer, Path work) throws IOException, InterruptedException {
        int port = freePort();
        Path folder = Files.createTempDirectory(work, "peer-");
        List<String> command = Stream.concat(
                        Machine.pinned(0).stream(),
                        peer.command().stream()
                                .map(word -> word.replace("{port}", "" + port).replace("{folder}", "" + folder)))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(peer.key() + ".log").toFile())
                .start();
        var running = new RunningPeer(peer, process, port, folder);
        try {
            running.awaitPort();
        } catch (IllegalStateException e) {
            running.close();
            throw e;
        }
        return running;
    }

    private void awaitPort() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("it did not start; its log is beside its folder");
            }
            Thread.sleep(100);
        }
        Thread.sleep(1000);
    }

    private boolean answers() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(RunningPeer::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
