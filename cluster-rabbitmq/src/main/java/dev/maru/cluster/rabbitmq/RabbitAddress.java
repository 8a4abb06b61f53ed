package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * Where RabbitMQ is. Immutable by agreement: nobody changes the factory any more.
 *
 * @param factory with user, virtual host, SSL and time-outs; its own recovery is not used, and heart-beats and answers
 *     are waited for at most ten seconds unless it wants them sooner
 * @param addresses tried in random order; none: the factory's host and port
 */
public record RabbitAddress(ConnectionFactory factory, List<Address> addresses) {
    private static final int PATIENCE_SECONDS = 10;

    public RabbitAddress {
        addresses = addresses.isEmpty()
                ? List.of(new Address(factory.getHost(), factory.getPort()))
                : List.copyOf(addresses);
    }

    /** One server at this address, for {@code guest}. */
    public static RabbitAddress of(String host, int port) {
        return new RabbitAddress(new ConnectionFactory(), List.of(new Address(host, port)));
    }

    /** Opens a connection, whose consumers are called on this executor; blocks until it is open. */
    Connection connect(ExecutorService consumers, String name) throws IOException, TimeoutException {
        ConnectionFactory ours = factory.clone();
        ours.setAutomaticRecoveryEnabled(false);
        ours.setTopologyRecoveryEnabled(false);
        ours.setRequestedHeartbeat(atMost(PATIENCE_SECONDS, ours.getRequestedHeartbeat()));
        ours.setConnectionTimeout(atMost(PATIENCE_SECONDS * 1000, ours.getConnectionTimeout()));
        ours.setChannelRpcTimeout(atMost(PATIENCE_SECONDS * 1000, ours.getChannelRpcTimeout()));
        return ours.newConnection(consumers, addresses, name);
    }

    /** Zero means without a limit there. */
    private static int atMost(int limit, int configured) {
        return configured == 0 ? limit : Math.min(limit, configured);
    }
}
