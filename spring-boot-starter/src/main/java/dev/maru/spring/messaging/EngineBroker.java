package dev.maru.spring.messaging;

import dev.maru.engine.Engine;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.ApplicationFrame;
import dev.maru.engine.session.ReceiptScope;
import dev.maru.engine.session.SessionUser;
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

/**
 * The broker behind {@code brokerChannel}: publishes on the engine what an application sends to broker destinations,
 * on the sending thread, so that it joins the receipt of the frame which that thread handles. What clients send to
 * such destinations themselves comes here only where interceptors must see it first.
 *
 * <p>Safe for any thread.
 */
final class EngineBroker extends AbstractBrokerMessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EngineBroker.class);

    private final Supplier<Engine> engine;

    EngineBroker(
            SubscribableChannel inbound,
            MessageChannel outbound,
            SubscribableChannel brokerChannel,
            Collection<String> prefixes,
            Supplier<Engine> engine) {
        super(inbound, outbound, brokerChannel, prefixes);
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
            publish(engine.get(), author(destination), destination, OutgoingContent.of(message));
        }
    }

    /** The sender of a frame that is published as it came; nobody for what the application itself publishes. */
    private static String author(String destination) {
        if (!FrameInHand.CURRENT.isBound()) {
            return "";
        }
        ApplicationFrame frame = FrameInHand.CURRENT.get().frame();
        SessionUser user = frame.session().user();
        return user != null && frame.destination().equals(destination) ? user.name() : "";
    }

    /** Publishes; a failure is the receipt's, or the log's where no frame waits for it. */
    static void publish(Engine engine, String author, String destination, MessageContent content) {
        boolean awaited = ReceiptScope.CURRENT.isBound();
        engine.publish(destination, author, content).whenComplete((position, failure) -> {
            if (failure != null && !awaited) {
                LOG.error("A message to {} was not stored", destination, failure);
            }
        });
    }
}
