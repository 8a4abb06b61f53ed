package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange's life between connecting and the loss of a connection, which ends it.
 *
 * <p>Safe for any thread; channels are opened and closed on the timer's one thread.
 */
final class OutsideSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideSession.class);
    private static final String IN = "maru.in";
    private static final String OUT = "maru.out";
    private static final String DEAD = "maru.in.dead";
    private static final int MOST_DEAD = 10_000;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final RabbitLinks links;
    private final Consumer<Throwable> lost;
    private final Function<OutsideMessage, CompletionStage<?>> publish;
    private final LongFailures failures;
    private final String queue;
    private final ConfirmedChannel confirmed;
    private long pause = FIRST_PAUSE_MILLIS;

    private OutsideSession(
            Opening opening,
            RabbitLinks links,
            Function<OutsideMessage, CompletionStage<?>> publish,
            LongFailures failures)
            throws IOException, TimeoutException {
        this.links = links;
        this.lost = opening.lost;
        this.publish = publish;
        this.failures = failures;
        queue = IN + "." + opening.cluster;
        declare(opening);
        confirmed = new ConfirmedChannel(links.publishing().createChannel(), "maru-outside-publisher", lost);
        if (opening.taking) {
            consume();
        }
    }

    /** What a session begins with. */
    record Opening(RabbitAddress address, String cluster, boolean taking, Consumer<Throwable> lost) {}

    /** Connects; blocks until that is done. */
    static OutsideSession open(
            Opening opening, Function<OutsideMessage, CompletionStage<?>> publish, LongFailures failures)
            throws Exception {
        RabbitLinks links = RabbitLinks.open(opening.address, "maru " + opening.cluster + " outside", opening.lost);
        try {
            return new OutsideSession(opening, links, publish, failures);
        } catch (Exception e) {
            links.close();
            throw e;
        }
    }

    CompletionStage<Void> publish(String destination, MessageContent content) {
        return confirmed.publish(
                OUT, RoutingKeys.of(destination), OutsideFormat.properties(destination, content), content.body());
    }

    @Override
    public void close() {
        links.close();
        confirmed.close();
    }

    private void declare(Opening opening) throws IOException, TimeoutException {
        try (Channel channel = links.listening().createChannel()) {
            channel.exchangeDeclare(OUT, BuiltinExchangeType.TOPIC, true);
            if (opening.taking) {
                declareQueues(channel, opening.cluster);
            }
        }
    }

    private void declareQueues(Channel channel, String cluster) throws IOException {
        String dead = queue + ".dead";
        channel.exchangeDeclare(DEAD, BuiltinExchangeType.DIRECT, true);
        channel.queueDeclare(dead, true, false, false, Map.of("x-max-length", MOST_DEAD));
        channel.queueBind(dead, DEAD, cluster);
        Map<String, Object> arguments = Map.of("x-dead-letter-exchange", DEAD, "x-dead-letter-routing-key", cluster);
        channel.exchangeDeclare(IN, BuiltinExchangeType.TOPIC, true);
        channel.queueDeclare(queue, true, false, false, arguments);
        channel.queueBind(queue, IN, "#");
    }

    private void consume() throws IOException {
        Channel channel = links.listening().createChannel();
        channel.basicQos(Intake.UNACKNOWLEDGED);
        Intake[] intake = new Intake[1];
        intake[0] = new Intake(channel, publish, failures, () -> halt(channel, intake[0]));
        channel.basicConsume(queue, false, intake[0]);
    }

    private void halt(Channel channel, Intake intake) {
        try {
            links.timer().execute(() -> pause(channel, intake));
        } catch (RejectedExecutionException e) {
            LOG.trace("Closed meanwhile", e);
        }
    }

    private void pause(Channel channel, Intake intake) {
        try {
            channel.abort();
            pause = intake.hasTaken() ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            links.timer().schedule(this::resume, pause, TimeUnit.MILLISECONDS);
        } catch (IOException | RuntimeException e) {
            lost.accept(e);
        }
    }

    private void resume() {
        try {
            consume();
        } catch (IOException | RuntimeException e) {
            lost.accept(e);
        }
    }
}
