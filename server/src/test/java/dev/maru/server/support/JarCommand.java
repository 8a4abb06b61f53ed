package dev.maru.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of the packaged jar that was run to its end. Immutable; safe for any thread.
 *
 * @param exitCode of the process
 * @param output everything that it wrote
 */
public record JarCommand(int exitCode, String output) {

    public static JarCommand run(String... arguments) {
        return run(Map.of(), arguments);
    }

    public static JarCommand run(Map<String, String> environment, String... arguments) {
        return run(List.of("-XX:TieredStopAtLevel=1"), environment, arguments);
    }

    /** @param options of Java */
    public static JarCommand run(List<String> options, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-jar");
        command.add(System.getProperty("maru.jar"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + output);
            }
            return new JarCommand(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
