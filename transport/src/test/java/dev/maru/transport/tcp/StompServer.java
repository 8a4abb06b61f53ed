package dev.maru.transport.tcp;

import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine on a TCP port and as many clients as a test likes. Confined to one thread. */
public final class StompServer implements AutoCloseable {
    private static final TcpLoops LOOPS = TcpLoops.start();

    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final List<TcpClient> clients = new ArrayList<>();
    private final Engine engine;
    private final TcpTransportServer server;

    public StompServer() {
        this(engine -> engine, settings -> settings);
    }

    public StompServer(UnaryOperator<Engine.Builder> engine, UnaryOperator<TcpSettings> settings) {
        this.engine = engine.apply(Engine.builder())
                .listener(new SessionListener() {
                    @Override
                    public void onClosed(Session session, CloseReason reason) {
                        closed.add(reason);
                    }
                })
                .build();
        this.server = TcpTransportServer.start(
                settings.apply(TcpSettings.of(this.engine::open)),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                LOOPS);
    }

    public Engine engine() {
        return engine;
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /** A connection on which nothing was said yet. */
    public TcpClient open() throws IOException {
        TcpClient client = new TcpClient(server.address());
        clients.add(client);
        return client;
    }

    /** A connection that speaks this version. */
    public TcpClient connect(String version) throws IOException {
        TcpClient client = open().send("CONNECT\naccept-version:" + version + "\nhost:maru\nheart-beat:0,0\n\n^@");
        client.next();
        return client;
    }

    /** A connection of version 1.2. */
    public TcpClient connect() throws IOException {
        return connect("1.2");
    }

    /** A connection of this version with the subscription {@code s} to this destination. */
    public TcpClient subscribed(String version, String destination) throws IOException {
        TcpClient client =
                connect(version).send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:subscribed\n\n^@");
        client.next();
        return client;
    }

    /** Why the next session ended. */
    public @Nullable CloseReason closed() throws InterruptedException {
        return closed.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        for (TcpClient client : clients) {
            client.close();
        }
        server.close();
        await().atMost(Duration.ofSeconds(5)).until(() -> engine.sessions() == 0);
    }
}
