package dev.maru.testkit;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A program that runs beside a test, and what it writes.
 *
 * <p>Safe for any thread.
 */
public final class Script implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private Script(Process process) {
        this.process = process;
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts it in this folder. */
    public static Script start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Script(builder.start());
    }

    /** Runs it to its end, which is a good one. */
    public static void run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        try (Script script = start(folder, environment, command)) {
            await().atMost(PATIENCE).until(() -> !script.process.isAlive());
            script.reader.join(PATIENCE);
            if (script.process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + script.output());
            }
        }
    }

    /** Waits until it has written a line that contains this. */
    public void awaitLine(String part) {
        await().atMost(PATIENCE)
                .failFast("it ended: " + part, () -> !process.isAlive() && !reader.isAlive() && !has(part))
                .until(() -> has(part));
    }

    /** What it wrote so far. */
    public String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    private boolean has(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add(e.toString());
        }
    }
}
