package dev.maru.benchmarks.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine that everything is measured on.
 *
 * <p>Stateless; safe for any thread.
 */
final class Machine {
    private static final Pattern PROCESSOR = Pattern.compile("model name\\s*: (.*)");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final Pattern DISTRIBUTION = Pattern.compile("PRETTY_NAME=\"(.*)\"");

    private Machine() {}

    /** The words that keep a command on one processor. */
    static List<String> pinned(int processor) {
        return List.of("taskset", "-c", Integer.toString(processor));
    }

    /** Processor, memory, system and versions, a line for each. */
    static List<String> describe(Path root, String java) throws IOException, InterruptedException {
        return List.of(
                "Processor: " + found(PROCESSOR, "/proc/cpuinfo") + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " seen; the server has one, the generator another",
                "Memory: " + Long.parseLong(found(MEMORY, "/proc/meminfo")) / 1024 / 1024 + " GiB",
                "System: " + found(DISTRIBUTION, "/etc/os-release") + ", Linux " + System.getProperty("os.version"),
                "Java: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                "Maru: " + output("git", "-C", root.toString(), "describe", "--always", "--dirty"));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor() == 0 ? output : "unknown";
    }

    private static String found(Pattern pattern, String file) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(Path.of(file)));
        return matcher.find() ? matcher.group(1) : "unknown";
    }
}
