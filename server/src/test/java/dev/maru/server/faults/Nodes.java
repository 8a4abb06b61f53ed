package dev.maru.server.faults;

import dev.maru.server.support.ServerProcess;
import dev.maru.testkit.PostgresServer;
import dev.maru.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Several servers that are one, on PostgreSQL and Redis, the network before them, which brings each client to any of
 * them, and one behind each, to the database and to the broker. Confined to one thread.
 */
final class Nodes implements AutoCloseable {
    private final Path data;
    private final String database;
    private final FaultyNetwork network;
    private final RedisServer broker = RedisServer.start();
    private final List<FaultyNetwork> toDatabase = new ArrayList<>();
    private final List<FaultyNetwork> toBroker = new ArrayList<>();
    private final List<ServerProcess> servers = new ArrayList<>();

    Nodes(int count, Path data, String database, FaultyNetwork network) throws IOException {
        this.data = data;
        this.database = database;
        this.network = network;
        for (int i = 0; i < count; i++) {
            toDatabase.add(link(PostgresServer.port()));
            toBroker.add(link(broker.port()));
            servers.add(start(i));
        }
        announce();
    }

    RedisServer broker() {
        return broker;
    }

    FaultyNetwork network() {
        return network;
    }

    /** From one of the nodes to the database. */
    FaultyNetwork anyToDatabase(Random random) {
        return toDatabase.get(random.nextInt(toDatabase.size()));
    }

    /** From one of the nodes to the broker. */
    FaultyNetwork anyToBroker(Random random) {
        return toBroker.get(random.nextInt(toBroker.size()));
    }

    List<ServerProcess> servers() {
        return servers;
    }

    ServerProcess any(Random random) {
        return servers.get(random.nextInt(servers.size()));
    }

    /** What is done ends this server; then one comes in its place. */
    void replace(ServerProcess server, Runnable end) {
        int place = servers.indexOf(server);
        end.run();
        server.exitCode();
        servers.set(place, start(place));
        announce();
    }

    @Override
    public void close() throws IOException {
        servers.forEach(ServerProcess::close);
        for (FaultyNetwork link : toBroker) {
            link.close();
        }
        for (FaultyNetwork link : toDatabase) {
            link.close();
        }
        broker.close();
    }

    private ServerProcess start(int place) {
        return ServerProcess.start(
                data.resolve("node" + place),
                "--spring.datasource.url="
                        + PostgresServer.url(database, toDatabase.get(place).port()),
                "--maru.cluster.broker=redis",
                "--spring.data.redis.port=" + toBroker.get(place).port(),
                "--maru.cluster.silence=3s");
    }

    private static FaultyNetwork link(int port) throws IOException {
        FaultyNetwork link = new FaultyNetwork();
        link.target(port);
        return link;
    }

    private void announce() {
        network.targets(servers.stream().map(ServerProcess::port).toList());
    }
}
