package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import dev.maru.engine.cluster.ClusterUnavailableException;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * Publishes on a channel of its own, in the order of the calls, and says of each message when the broker has confirmed
 * it.
 *
 * <p>Safe for any thread; a thread of its own writes, because writing blocks while the broker does not read.
 */
final class ConfirmedChannel implements AutoCloseable {
    private static final int MOST_WAITING = 65_536;

    private final Channel channel;
    private final Consumer<Throwable> lost;
    private final BlockingQueue<Outgoing> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final NavigableMap<Long, Outgoing> unconfirmed = new ConcurrentSkipListMap<>();
    private final Thread writer;
    private volatile boolean closed;

    private record Outgoing(
            String exchange, String key, BasicProperties properties, byte[] body, CompletableFuture<Void> confirmed) {}

    /** Uses the channel alone from now on. */
    ConfirmedChannel(Channel channel, String name, Consumer<Throwable> lost) throws IOException {
        this.channel = channel;
        this.lost = lost;
        channel.confirmSelect();
        channel.addConfirmListener(new Confirms());
        channel.addShutdownListener(_ -> failAll());
        writer = Thread.ofPlatform().daemon().name(name).start(this::write);
    }

    /** Completes when confirmed; exceptionally if the broker refused it, or is gone before it had answered. */
    CompletionStage<Void> publish(String exchange, String key, BasicProperties properties, byte[] body) {
        Outgoing outgoing = new Outgoing(exchange, key, properties, body, new CompletableFuture<>());
        if (closed || !waiting.offer(outgoing)) {
            fail(outgoing, closed ? "RabbitMQ is not connected" : "too much waits for RabbitMQ");
        } else if (closed) {
            failAll();
        }
        return outgoing.confirmed;
    }

    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        failAll();
    }

    private void write() {
        try {
            while (!closed) {
                Outgoing next = waiting.take();
                unconfirmed.put(channel.getNextPublishSeqNo(), next);
                channel.basicPublish(next.exchange, next.key, next.properties, next.body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            lost.accept(e);
        }
        closed = true;
        failAll();
    }

    private void failAll() {
        closed = true;
        unconfirmed.values().forEach(one -> fail(one, "RabbitMQ was gone before it had confirmed"));
        unconfirmed.clear();
        for (Outgoing one = waiting.poll(); one != null; one = waiting.poll()) {
            fail(one, "RabbitMQ is not connected");
        }
    }

    private static void fail(Outgoing outgoing, String reason) {
        outgoing.confirmed.completeExceptionally(new ClusterUnavailableException(reason));
    }

    /** Is told on the connection's reading thread. */
    private final class Confirms implements ConfirmListener {
        @Override
        public void handleAck(long tag, boolean multiple) {
            settle(tag, multiple, one -> one.confirmed.complete(null));
        }

        @Override
        public void handleNack(long tag, boolean multiple) {
            settle(tag, multiple, one -> fail(one, "RabbitMQ has refused a message"));
        }

        private void settle(long tag, boolean multiple, Consumer<Outgoing> settlement) {
            if (!multiple) {
                Outgoing one = unconfirmed.remove(tag);
                if (one != null) {
                    settlement.accept(one);
                }
                return;
            }
            NavigableMap<Long, Outgoing> upTo = unconfirmed.headMap(tag, true);
            for (var first = upTo.pollFirstEntry(); first != null; first = upTo.pollFirstEntry()) {
                settlement.accept(first.getValue());
            }
        }
    }
}
