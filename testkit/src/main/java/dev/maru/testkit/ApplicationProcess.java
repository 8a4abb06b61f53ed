package dev.maru.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A packaged Spring Boot application in a process of its own, on a free port, with this JVM's Java.
 *
 * <p>Safe for any thread.
 */
public final class ApplicationProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("Started \\S+ in ");
    private static final int STARTING_SECONDS = 120;
    private static final int ENDING_SECONDS = 60;

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private volatile @Nullable Integer port;

    private ApplicationProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts the jar with these arguments, without waiting for it. */
    public static ApplicationProcess start(Path jar, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-jar", jar.toString(), "--server.port=0"));
        command.addAll(List.of(arguments));
        try {
            return new ApplicationProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the application has started, and says where it listens. */
    public int port() {
        return ready.orTimeout(STARTING_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What it wrote so far. */
    public String output() {
        return String.join("\n", output);
    }

    /** Ends the process at once, as a power failure would, and waits for that. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::read);
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(new AssertionError("ended before it had started: " + output()));
    }

    private void read(String line) {
        output.add(line);
        Matcher listening = PORT.matcher(line);
        if (listening.find()) {
            port = Integer.valueOf(listening.group(1));
        }
        if (STARTED.matcher(line).find()) {
            ready.complete(port);
        }
    }
}
