package dev.maru.server.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server in a process of its own, with nothing of how it is configured elsewhere.
 *
 * <p>Used by one thread, which waits.
 */
final class RehearsedServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Maru is ready: http://localhost:(\\d+)");
    private static final Pattern CONFIGURES = Pattern.compile("(MARU|SPRING|SERVER|MANAGEMENT|LOGGING)_.*");
    private static final int STARTING_SECONDS = 300;
    private static final int ENDING_SECONDS = 300;
    private static final long LOOK_MILLIS = 50;

    private final Path log;
    private final Process process;

    /** @param folder where it runs and leaves its log */
    RehearsedServer(List<String> command, Path folder) throws IOException {
        log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> CONFIGURES.matcher(name).matches());
        process = builder.start();
    }

    /** Where it listens, once it does. */
    URI address() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTING_SECONDS);
        while (System.nanoTime() < end && !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Matcher ready = READY.matcher(said());
            if (ready.find()) {
                return URI.create("http://localhost:" + ready.group(1));
            }
        }
        throw CommandFailure.failed("The server did not start:\n" + said());
    }

    /** Ends it as it is ended every day, and waits until Java has written down what it has learnt. */
    void end() throws InterruptedException {
        process.destroy();
        process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS);
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
