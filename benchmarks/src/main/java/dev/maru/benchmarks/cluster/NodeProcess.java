package dev.maru.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A {@link Node} in a process of its own. Confined to one thread. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    NodeProcess(BrokerKind kind, int port, int processor) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(List.of(
                        "taskset",
                        "-c",
                        Integer.toString(processor),
                        java,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        kind.name(),
                        Integer.toString(port)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = process.inputReader();
        orders = process.outputWriter();
    }

    void awaitReady() throws IOException {
        numbers(answers.readLine());
    }

    /** Gives an order and waits for the answer. */
    long[] ask(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
        return numbers(answers.readLine());
    }

    private static long[] numbers(String line) {
        if (line == null) {
            throw new IllegalStateException("a node has ended");
        }
        if (line.equals("ready")) {
            return new long[0];
        }
        String[] words = line.split(" ", -1);
        long[] numbers = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return numbers;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
