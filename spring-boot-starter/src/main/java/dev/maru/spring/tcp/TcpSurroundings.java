package dev.maru.spring.tcp;

import dev.maru.spring.web.TlsBundle;
import dev.maru.transport.tcp.TcpLoops;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/** What the port for STOMP over TCP takes over from the application around it. */
record TcpSurroundings(
        ObjectProvider<ServerProperties> server,
        ObjectProvider<TcpAddress> lastWord,
        ObjectProvider<SslBundles> bundles,
        ObjectProvider<ReactorResourceFactory> resources) {

    /** Where to listen; null for nowhere. */
    @Nullable InetSocketAddress address(TcpProperties properties) {
        Integer port = properties.port();
        if (port == null) {
            return null;
        }
        InetAddress at = properties.address() == null ? serverAddress() : properties.address();
        return lastWord.getIfAvailable(() -> configured -> configured).choose(new InetSocketAddress(at, port));
    }

    Optional<TlsBundle> tls(@Nullable String bundle) {
        return Optional.ofNullable(bundle).map(name -> new TlsBundle(bundles.getObject(), name));
    }

    /** The web server's event loops, because a message then needs no second hand-over; new ones where it has none. */
    TcpLoops loops() {
        ReactorResourceFactory factory = resources.getIfAvailable();
        if (factory == null) {
            return TcpLoops.start();
        }
        LoopResources shared = factory.getLoopResources();
        EventLoopGroup group = shared.onServer(LoopResources.DEFAULT_NATIVE);
        return new TcpLoops(group, shared.onChannelClass(ServerSocketChannel.class, group));
    }

    private @Nullable InetAddress serverAddress() {
        ServerProperties properties = server.getIfAvailable();
        return properties == null ? null : properties.getAddress();
    }
}
