package dev.maru.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server in a process of its own. Safe for any thread. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Maru is ready: http://localhost:(\\d+)");
    private static final Pattern FAILED = Pattern.compile("Maru did not start: .*");

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private ServerProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Starts the jar on a port of its own, unless the arguments name one. */
    public static ServerProcess start(Path data, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-jar"));
        command.addAll(List.of(System.getProperty("maru.jar"), "--maru.data-dir=" + data));
        command.addAll(List.of(arguments));
        if (Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("--server.port="))) {
            command.add("--server.port=0");
        }
        return start(command);
    }

    /** Starts the server by a command of its own; the port should be 0. */
    public static ServerProcess start(List<String> command) {
        try {
            return new ServerProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server is ready. */
    public int port() {
        return port.orTimeout(120, TimeUnit.SECONDS).join();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Ends the process at once, as a power failure would (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Asks the process to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Sends it a signal, for example {@code STOP}. */
    public void signal(String name) {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** From now on no file can be written beyond this size, in bytes or {@code unlimited}. */
    public void largestFile(String size) {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + size + ":");
    }

    private static void run(String... command) {
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public int exitCode() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + output);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it wrote. */
    public String output() {
        return String.join("\n", output);
    }

    @Override
    public void close() {
        kill();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::read);
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
        port.completeExceptionally(new AssertionError("ended before it was ready: " + output));
    }

    private void read(String line) {
        output.add(line);
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
            port.complete(Integer.valueOf(ready.group(1)));
        } else if (FAILED.matcher(line).find()) {
            port.completeExceptionally(new AssertionError(line));
        }
    }
}
