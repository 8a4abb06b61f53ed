package dev.maru.server.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between clients and a server, and cuts or holds up what goes through. Safe for any thread. */
final class FaultyNetwork implements AutoCloseable {
    private static final int BUFFER = 4096;

    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Integer> targets = List.of();
    private volatile boolean held;

    FaultyNetwork() throws IOException {
        entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Where the server is from now on. */
    void target(int port) {
        targets(List.of(port));
    }

    /** Where the servers are from now on, to which clients come in turn. */
    void targets(List<Integer> ports) {
        targets = ports;
    }

    /** Nothing goes through, and nobody is told. */
    synchronized void hold() {
        held = true;
    }

    synchronized void letGo() {
        held = false;
        notifyAll();
    }

    /** Cuts about this share of the connections, some in the middle of a frame. */
    void cut(Random random, double share) {
        open.stream().filter(_ -> random.nextDouble() < share).forEach(FaultyNetwork::reset);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        open.forEach(FaultyNetwork::reset);
        letGo();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), next())) {
            open.add(client);
            Thread back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (IOException nobodyThere) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private int next() {
        List<Integer> ports = targets;
        return ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitLetGo();
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException cut) {
            reset(from);
            reset(to);
        }
    }

    private synchronized void awaitLetGo() throws InterruptedException {
        while (held) {
            wait();
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            return;
        }
    }
}
