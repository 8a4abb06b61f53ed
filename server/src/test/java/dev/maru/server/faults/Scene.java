package dev.maru.server.faults;

import dev.maru.server.support.ServerProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The server that faults happen to, and the network before it. Confined to one thread. */
final class Scene implements AutoCloseable {
    private final Path data;
    private final FaultyNetwork network;
    private ServerProcess server;

    Scene(Path data, FaultyNetwork network) {
        this.data = data;
        this.network = network;
        this.server = ServerProcess.start(data);
        network.target(server.port());
    }

    ServerProcess server() {
        return server;
    }

    FaultyNetwork network() {
        return network;
    }

    /** Starts the server again, on another port, which only the network knows. */
    void startAgain() {
        server = ServerProcess.start(data);
        network.target(server.port());
    }

    /** Holds the database's only write lock meanwhile. */
    void occupyStore(Runnable meanwhile) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("maru.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
            statement.execute("BEGIN IMMEDIATE");
            meanwhile.run();
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static void pause(Random random, int fromMillis, int toMillis) {
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextInt(fromMillis, toMillis)).toNanos());
    }

    @Override
    public void close() {
        server.close();
    }
}
