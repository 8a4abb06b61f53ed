package dev.maru.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.JarCommand;
import dev.maru.server.support.ServerProcess;
import dev.maru.server.support.StompClient;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server from a folder that the jar has prepared, started as the page says. */
class PrepareIT {
    private static final String CLOSED = "accounts";

    @TempDir
    private Path outside;

    @Test
    void startsFromAPreparedFolderWithItsCacheAndAlsoWhereTheCacheDoesNotFit() throws Exception {
        Path folder = outside.resolve("prepared");
        JarCommand prepared = JarCommand.run(
                List.of("-Xmx512m"), Map.of("MARU_ACCESS", CLOSED), "prepare", folder.toString(), "--seconds=2");
        assertThat(prepared.exitCode()).as(prepared.output()).isZero();
        assertThat(prepared.output()).hasLineCount(1).contains("java @" + folder.resolve("maru.options") + " -jar ");
        assertThat(Files.readAllLines(folder.resolve("maru.options")))
                .contains("-XX:+UseG1GC", "-Xmx512m", "\"-XX:AOTCache=" + folder.resolve("maru.aot") + "\"");

        serves(folder, "-XX:AOTMode=on");
        serves(folder, "-XX:+UseSerialGC", "-XX:-UseG1GC", "-XX:-UseCompactObjectHeaders");
    }

    @Test
    void saysThatJavaMakesNoCacheWhereThePathHasABlank() {
        JarCommand refused =
                JarCommand.run("prepare", outside.resolve("a blank").toString());
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.output()).contains("a blank in its path").hasLineCount(1);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void leavesAFolderAloneThatIsNotEmpty() throws Exception {
        Files.writeString(outside.resolve("mine"), "mine");
        JarCommand refused = JarCommand.run("prepare", outside.toString());
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.output()).contains("is not empty").hasLineCount(1);
        assertThat(outside)
                .isDirectoryContaining(file -> file.endsWith("mine"))
                .isDirectoryNotContaining("glob:**/lib");
    }

    /** With the mode "on", Java does not start if it cannot use the cache. */
    private void serves(Path folder, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + folder.resolve("maru.options"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", folder.resolve("maru.jar").toString(), "--server.port=0"));
        command.add("--maru.data-dir=" + Files.createTempDirectory(outside, "data"));
        try (ServerProcess server = ServerProcess.start(command);
                StompClient client = StompClient.connect(HttpClient.newHttpClient(), server.port())) {
            assertThat(client.sent("/app/chat/message/tea", "{\"sender\":\"jane\",\"message\":\"hello\"}")
                            .header("position"))
                    .endsWith("-1");
        }
    }
}
