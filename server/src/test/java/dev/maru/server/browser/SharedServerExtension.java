package dev.maru.server.browser;

import dev.maru.server.support.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives tests a {@link ServerProcess} that all of a JVM share: each test makes the rooms that it needs. Confined to the
 * thread that JUnit runs them on.
 */
final class SharedServerExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedServerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ServerProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(SharedServer.class, _ -> SharedServer.start(), SharedServer.class)
                .server();
    }

    private record SharedServer(ServerProcess server, Path data) implements AutoCloseable {

        static SharedServer start() {
            try {
                Path data = Files.createTempDirectory("maru-browser");
                return new SharedServer(ServerProcess.start(data), data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            FileSystemUtils.deleteRecursively(data);
        }
    }
}
