package dev.maru.spring.messaging;

import dev.maru.engine.Engine;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.ReceiptScope;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.support.ExecutorSubscribableChannel;

/**
 * The broker behind {@code brokerChannel}: publishes on the engine what an application sends to broker destinations,
 * on the sending thread, so that it joins the receipt of the frame which that thread handles. Clients reach the
 * engine without it.
 *
 * <p>Safe for any thread.
 */
final class EngineBroker extends AbstractBrokerMessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EngineBroker.class);

    private final Supplier<Engine> engine;

    EngineBroker(
            MessageChannel outbound,
            SubscribableChannel brokerChannel,
            Collection<String> prefixes,
            Supplier<Engine> engine) {
        // A channel of nobody's in the place of clientInboundChannel, to which the base class would subscribe.
        super(new ExecutorSubscribableChannel(), outbound, brokerChannel, prefixes);
        this.engine = engine;
    }

    @Override
    protected void startInternal() {
        publishBrokerAvailableEvent();
    }

    @Override
    protected void stopInternal() {
        publishBrokerUnavailableEvent();
    }

    @Override
    protected void handleMessageInternal(Message<?> message) {
        String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
        SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
        if (destination != null && type == SimpMessageType.MESSAGE && checkDestinationPrefix(destination)) {
            publish(engine.get(), destination, OutgoingContent.of(message));
        }
    }

    /** Publishes; a failure is the receipt's, or the log's where no frame waits for it. */
    static void publish(Engine engine, String destination, MessageContent content) {
        boolean awaited = ReceiptScope.CURRENT.isBound();
        engine.publish(destination, content).whenComplete((position, failure) -> {
            if (failure != null && !awaited) {
                LOG.error("A message to {} was not stored", destination, failure);
            }
        });
    }
}
