package dev.maru.engine.session;

import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each frame of a client does (STOMP 1.2, "Client Frames").
 *
 * <p>Confined to its session's event loop.
 */
final class FrameHandler {
    static final byte[] NO_BODY = {};

    private static final Logger log = LoggerFactory.getLogger(FrameHandler.class);

    /** Headers of a SEND that do not travel on to the subscribers, because they are the engine's own in a MESSAGE. */
    private static final Set<String> ENGINE_HEADERS = Set.of(
            "destination",
            "content-type",
            "content-length",
            "receipt",
            "transaction",
            "subscription",
            "message-id",
            "ack");

    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

    private final EngineSession session;
    private final SessionContext context;
    private final Connecting connecting;

    FrameHandler(EngineSession session, SessionContext context) {
        this.session = session;
        this.context = context;
        this.connecting = new Connecting(session, context);
    }

    void handle(StompFrame frame, Answer answer) {
        try {
            if (session.connected()) {
                handleConnected(frame, answer);
            } else {
                connecting.connect(frame, answer);
            }
        } catch (Refusal refusal) {
            fatal(answer, refusal);
        }
    }

    private void handleConnected(StompFrame frame, Answer answer) {
        switch (frame.command()) {
            case SEND -> send(frame, answer);
            case SUBSCRIBE -> subscribe(frame.headers(), answer);
            case UNSUBSCRIBE -> unsubscribe(frame.headers(), answer);
            case DISCONNECT -> done(answer, () -> session.closeNow(CloseReason.DISCONNECTED));
            case CONNECT, STOMP ->
                throw new Refusal(SessionFault.ALREADY_CONNECTED, "this connection has been opened by CONNECT already");
            case ACK, NACK, BEGIN, COMMIT, ABORT ->
                throw new Refusal(SessionFault.NOT_SUPPORTED, frame.command() + " is not supported yet");
            default -> throw new Refusal(SessionFault.UNKNOWN_COMMAND, "clients do not send " + frame.command());
        }
    }

    private void send(StompFrame frame, Answer answer) {
        String destination = required(frame.headers(), "destination");
        unsupported(frame.headers(), "transaction", null);
        byte[] body = ByteBufUtil.getBytes(frame.body());
        ReceiptScope scope = new ReceiptScope();
        scope.stored().whenComplete((position, error) -> session.onLoop(() -> sent(answer, position, error)));
        allowed(StompCommand.SEND, destination, frame.headers(), error -> {
            if (error != null) {
                scope.handled(error);
                session.frames().sendHandled();
            } else {
                handOver(destination, frame.headers(), body, scope);
            }
        });
    }

    private void handOver(String destination, StompHeaders headers, byte[] body, ReceiptScope scope) {
        CompletionStage<?> handling = context.isApplication(destination)
                ? context.application().handle(new ApplicationFrame(session, destination, headers, body, scope))
                : publish(destination, headers, body, scope);
        handling.whenComplete((_, error) -> session.onLoop(() -> {
            scope.handled(error);
            session.frames().sendHandled();
        }));
    }

    private CompletionStage<?> publish(String destination, StompHeaders headers, byte[] body, ReceiptScope scope) {
        StompHeaders further = new StompHeaders();
        headers.forEach((name, value) -> {
            if (!ENGINE_HEADERS.contains(name)) {
                further.add(name, value);
            }
        });
        MessageContent content = new MessageContent(body, headers.get("content-type"), further);
        scope.join(context.publisher().publish(destination, userName(), content));
        return DONE;
    }

    private void sent(Answer answer, @Nullable StreamPosition position, @Nullable Throwable error) {
        if (error != null) {
            session.end(answer, refusal(error));
            return;
        }
        StompHeaders headers = new StompHeaders();
        if (position != null) {
            headers.add("position", position.toString());
        }
        done(answer, headers, Answer.NOTHING);
    }

    private void subscribe(StompHeaders headers, Answer answer) {
        String destination = required(headers, "destination");
        String id = headers.contains("id") || connecting.idsRequired() ? required(headers, "id") : destination;
        if (id.getBytes(StandardCharsets.UTF_8).length > context.limits().subscriptionIdBytes()) {
            throw new Refusal(
                    SessionFault.SUBSCRIPTION_ID_TOO_LONG,
                    "an id has at most " + context.limits().subscriptionIdBytes() + " bytes");
        }
        unsupported(headers, "ack", "auto");
        count(headers, "last", context.limits().lastMessages());
        allowed(StompCommand.SUBSCRIBE, destination, headers, error -> {
            if (error != null) {
                session.end(answer, refusal(error));
            } else {
                begin(id, destination, headers, answer);
            }
        });
    }

    private void begin(String id, String destination, StompHeaders headers, Answer answer) {
        try {
            Subscription subscription = session.subscriptions().add(id, destination);
            context.listeners().forEach(listener -> listener.onSubscribed(session, id, destination, headers));
            new Subscribing(session, context.limits(), subscription, answer, headers).run();
        } catch (Refusal refusal) {
            fatal(answer, refusal);
        }
    }

    private void unsubscribe(StompHeaders headers, Answer answer) {
        String id = connecting.idsRequired() ? required(headers, "id") : headers.get("id");
        Subscription removed = session.subscriptions().remove(id, headers.get("destination"));
        if (removed != null) {
            context.listeners()
                    .forEach(listener -> listener.onUnsubscribed(session, removed.id(), removed.destination()));
        }
        done(answer, Answer.NOTHING);
    }

    private void allowed(
            StompCommand command, String destination, StompHeaders headers, Consumer<@Nullable Throwable> then) {
        context.authorizer()
                .authorize(session, command, destination, headers)
                .whenComplete((_, error) -> session.onLoop(() -> then.accept(error)));
    }

    private void done(Answer answer, Runnable then) {
        done(answer, new StompHeaders(), then);
    }

    private void done(Answer answer, StompHeaders headers, Runnable then) {
        ServerFrame receipt = null;
        if (answer.receiptId() != null) {
            StompHeaders all = StompHeaders.of("receipt-id", answer.receiptId());
            headers.forEach(all::add);
            receipt = new ServerFrame(StompCommand.RECEIPT, all, NO_BODY);
        }
        session.end(answer, new Answer.Outcome.Done(receipt, then));
    }

    private void fatal(Answer answer, Refusal refusal) {
        session.frames().stop();
        session.end(answer, new Answer.Outcome.Fatal(refusal.fault(), refusal.detail(), new StompHeaders()));
    }

    private Answer.Outcome refusal(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof Refusal refusal) {
            return new Answer.Outcome.Refused(refusal.fault(), refusal.detail());
        }
        if (cause instanceof LogUnavailableException) {
            log.warn("A frame of session {} could not be stored: {}", session.id(), cause.getMessage());
            return new Answer.Outcome.Refused(SessionFault.UNAVAILABLE, "the store cannot take this now; try again");
        }
        log.error("A frame of session {} could not be handled", session.id(), cause);
        return new Answer.Outcome.Refused(SessionFault.INTERNAL_ERROR, "the server failed to handle this frame");
    }

    private String userName() {
        SessionUser user = session.user();
        return user == null ? "" : user.name();
    }

    private static void unsupported(StompHeaders headers, String name, @Nullable String supported) {
        String value = headers.get(name);
        if (value != null && !value.equals(supported)) {
            throw new Refusal(SessionFault.NOT_SUPPORTED, name + ":" + value + " is not supported yet");
        }
    }

    static String required(StompHeaders headers, String name) {
        String value = headers.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refusal(SessionFault.MISSING_HEADER, "the header " + name + " is missing");
        }
        return value;
    }

    /** The header's whole number, at most this many; 0 if it is absent. */
    static int count(StompHeaders headers, String name, int most) {
        String value = headers.get(name);
        if (value == null) {
            return 0;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw new Refusal(SessionFault.INVALID_HEADER, name + " is not a whole number from 0");
        }
        return Math.min(most, Integer.parseInt(value));
    }
}
