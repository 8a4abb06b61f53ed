package dev.maru.benchmarks.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.benchmarks.load.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the load generator as a process of its own on the second processor.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param warmUp seconds for which the server is kept busy before each run
 * @param time seconds of each run
 */
record Generator(String java, String warmUp, String time) {

    /**
     * Puts a server under load.
     *
     * @throws IllegalStateException if a client was cut off or got anything but what it should
     */
    Measured run(RunningPeer server, Scenario scenario) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Machine.pinned(1));
        command.addAll(List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName(),
                "port=" + server.port(),
                "pid=" + server.process().pid()));
        command.addAll(server.peer().wire());
        command.addAll(scenario.words());
        command.addAll(List.of("warm-up=" + (scenario == Scenario.IDLE ? "0" : warmUp), "time=" + time));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return Measured.of(output);
    }
}
