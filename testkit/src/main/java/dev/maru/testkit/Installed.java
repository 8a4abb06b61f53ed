package dev.maru.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests need and that are not part of the build. Safe for any thread. */
public final class Installed {

    private Installed() {}

    /**
     * Where the program is. If it is not installed, the test that asks is skipped and says so; in CI it fails.
     *
     * @param name of the program, on the PATH or in one of the folders
     * @param folders further ones to look into
     */
    public static Path require(String name, Path... folders) {
        return find(name, folders).orElseThrow(() -> missing(name));
    }

    /** As {@link #require}, of Python 3 with a module. */
    public static Path requirePython(String module, Path... folders) throws IOException, InterruptedException {
        Path python = require("python3", folders);
        Process trial = new ProcessBuilder(python.toString(), "-c", "import " + module)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (trial.waitFor() != 0) {
            throw missing("the module " + module + " of " + python);
        }
        return python;
    }

    private static RuntimeException missing(String what) {
        String reason = "a test needs " + what + ", which is not installed";
        if (!"true".equals(System.getenv("CI"))) {
            System.err.println("SKIPPED: " + reason);
            Assumptions.abort(reason);
        }
        return new IllegalStateException(reason);
    }

    private static Optional<Path> find(String name, Path... folders) {
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of);
        return Stream.concat(Arrays.stream(folders), onPath)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
