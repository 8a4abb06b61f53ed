package dev.maru.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The network between a client and a server, as a port of its own that passes everything on until it is cut: then
 * connections end and new ones are refused, until it is mended.
 *
 * <p>Safe for any thread; two virtual threads carry each connection.
 */
public final class CuttableLink implements AutoCloseable {
    private final int server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket door;

    /** A link to this port of the local machine, not cut. */
    public CuttableLink(int server) throws IOException {
        this.server = server;
        ServerSocket opened = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = opened.getLocalPort();
        open(opened);
    }

    public int port() {
        return port;
    }

    public synchronized void cut() throws IOException {
        if (door != null) {
            door.close();
            door = null;
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    public synchronized void mend() throws IOException {
        if (door == null) {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            open(opened);
        }
    }

    @Override
    public void close() {
        try {
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(ServerSocket opened) {
        door = opened;
        Thread.ofVirtual().start(() -> accept(opened));
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                connect(opened, opened.accept());
            } catch (IOException e) {
                // Cut, or the server is not there.
            }
        }
    }

    private synchronized void connect(ServerSocket opened, Socket client) throws IOException {
        if (opened.isClosed()) {
            client.close();
            return;
        }
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(client);
            sockets.add(there);
            Thread.ofVirtual().start(() -> carry(client, there));
            Thread.ofVirtual().start(() -> carry(there, client));
        } catch (IOException e) {
            client.close();
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // Either side has ended, and so does the other.
        }
        sockets.remove(from);
        sockets.remove(to);
    }
}
