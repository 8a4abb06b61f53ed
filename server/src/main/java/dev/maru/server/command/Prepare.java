package dev.maru.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Unpacks the jar into a folder and rehearses there, so that a server that starts from that folder has its classes loaded
 * and linked and knows which of its methods are worth compiling (JEP 483, 514, 515).
 *
 * <p>The cache fits one Java, one kind of collector and these very files. Where it does not fit, Java says so and the
 * server starts as it does without one.
 *
 * <p>Immutable; blocks.
 *
 * @param folder where the server is to start from: empty or not there
 * @param rehearsal how long the server is kept busy
 */
record Prepare(Path folder, Duration rehearsal) {
    private static final String OPTIONS = "maru.options";
    private static final String CACHE = "maru.aot";
    private static final Pattern BLANK = Pattern.compile("\\s");
    private static final int UNPACKING_SECONDS = 120;

    /** Returns what to say of it. */
    String run() {
        Path jar = packedJar();
        try {
            if (!isEmpty()) {
                throw CommandFailure.failed(folder + " is not empty.");
            }
            if (BLANK.matcher(folder.toString()).find()) {
                throw CommandFailure.failed("Java makes no cache in a folder with a blank in its path: " + folder);
            }
            List<String> options = options();
            unpack(jar);
            rehearse(folder.resolve(jar.getFileName()), options);
            Files.write(folder.resolve(OPTIONS), written(options));
            return "Start the server with: java @%s -jar %s"
                    .formatted(folder.resolve(OPTIONS), folder.resolve(jar.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Interrupted.");
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path packedJar() {
        Path jar = Path.of(System.getProperty("java.class.path", "")).toAbsolutePath();
        if (Files.isRegularFile(jar)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                if (file.getEntry("BOOT-INF/lib/") != null) {
                    return jar;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw CommandFailure.failed("Only the jar as it was built can be prepared, and this is not run from it.");
    }

    private boolean isEmpty() throws IOException {
        if (Files.notExists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Those that the server is shipped with, then those that this command was given: a cache fits only alike. */
    private static List<String> options() throws IOException {
        try (InputStream shipped = Objects.requireNonNull(Prepare.class.getResourceAsStream(OPTIONS))) {
            Stream<String> lines = new String(shipped.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
            Stream<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(option -> option.startsWith("-X") && !option.contains("AOT"));
            return Stream.concat(lines, given).distinct().toList();
        }
    }

    private void unpack(Path jar) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(UNPACKING_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw CommandFailure.failed("The jar could not be unpacked: " + said);
        }
    }

    private void rehearse(Path jar, List<String> options) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("maru-rehearsal-");
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.add("-XX:AOTCacheOutput=" + folder.resolve(CACHE));
        command.addAll(List.of("-jar", jar.toString(), "--server.port=0", "--maru.data-dir=" + data.resolve("data")));
        try (RehearsedServer server = new RehearsedServer(command, data)) {
            long receipts = new Rehearsal(server.address()).run(rehearsal);
            server.end();
            if (receipts == 0 || Files.notExists(folder.resolve(CACHE))) {
                throw CommandFailure.failed("After %d messages Java left no cache behind; the server said:%n%s"
                        .formatted(receipts, server.said()));
            }
        } finally {
            FileTree.delete(data);
        }
    }

    /** In the form of an argument file of {@code java}, where a backslash in quotes stands for what follows it. */
    private List<String> written(List<String> options) {
        String cache = folder.resolve(CACHE).toString().replace("\\", "\\\\");
        List<String> lines = new ArrayList<>(List.of("# Written by: java -jar maru.jar prepare"));
        lines.addAll(options);
        lines.add("\"-XX:AOTCache=" + cache + "\"");
        return lines;
    }
}
