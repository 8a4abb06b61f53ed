package dev.maru.benchmarks.restart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server on the first processor alone, always with the same data.
 *
 * <p>Used by the main thread alone.
 */
final class RestartedServer implements AutoCloseable {
    private static final String READY = "Maru is ready: ";
    private static final int START_SECONDS = 120;
    private static final int END_SECONDS = 60;

    private final List<String> command;
    private final Path log;
    private Process process;
    private CompletableFuture<Long> ready;

    RestartedServer(Options options) throws IOException {
        Files.createDirectories(options.work());
        Path data = Files.createTempDirectory(options.work(), "data-");
        log = data.resolve("log");
        command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options.jvm());
        command.addAll(List.of("-jar", options.jar().toString()));
        command.addAll(List.of("--server.port=" + options.port(), "--maru.data-dir=" + data));
        command.addAll(options.server());
        ready = new CompletableFuture<>();
        process = start();
    }

    /** Waits until it is ready, and gives the {@link System#nanoTime()} at which it said so. */
    long awaitReady() {
        return ready.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Ends it, by SIGTERM or at once by SIGKILL, and starts it again as soon as it has ended. */
    void restart(boolean gracefully) throws IOException, InterruptedException {
        if (gracefully) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not end");
        }
        ready = new CompletableFuture<>();
        process = start();
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<Long> said = ready;
        Thread.ofPlatform().daemon().start(() -> read(started, said));
        return started;
    }

    private void read(Process started, CompletableFuture<Long> said) {
        try (BufferedReader lines = started.inputReader();
                var copy = new PrintWriter(Files.newBufferedWriter(
                        log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            lines.lines().forEach(line -> {
                if (line.contains(READY)) {
                    said.complete(System.nanoTime());
                }
                copy.println(line);
                copy.flush();
            });
        } catch (IOException | UncheckedIOException e) {
            said.completeExceptionally(e);
        }
        said.completeExceptionally(new IllegalStateException("it ended before it was ready; see " + log));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
