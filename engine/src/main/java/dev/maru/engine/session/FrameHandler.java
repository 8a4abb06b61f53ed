package dev.maru.engine.session;

import dev.maru.engine.fanout.AckMode;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fanout.SubscriptionTerms;
import dev.maru.engine.fault.DeliveryFault;
import dev.maru.engine.fault.Dropped;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.fault.Tolerated;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

    private final EngineSession session;
    private final SessionContext context;
    private final Connecting connecting;
    private final Acknowledging acknowledging;
    private final Transactions transactions;

    FrameHandler(EngineSession session, SessionContext context) {
        this.session = session;
        this.context = context;
        this.connecting = new Connecting(session, context);
        this.acknowledging = new Acknowledging(session);
        this.transactions = new Transactions(context.limits().transactions());
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
            case SEND -> holdOrSend(frame, answer);
            case SUBSCRIBE -> subscribe(frame.headers(), answer);
            case ACK, NACK, BEGIN, COMMIT, ABORT, UNSUBSCRIBE -> intercept(frame.command(), frame.headers(), answer);
            case DISCONNECT -> done(answer, () -> session.closeNow(CloseReason.DISCONNECTED));
            case CONNECT, STOMP ->
                throw new Refusal(SessionFault.ALREADY_CONNECTED, "this connection has been opened by CONNECT already");
            default -> throw new Refusal(SessionFault.UNKNOWN_COMMAND, "clients do not send " + frame.command());
        }
    }

    /** What has no destination takes effect unless the interceptor keeps it from that. */
    private void intercept(StompCommand command, StompHeaders headers, Answer answer) {
        context.interceptor()
                .intercept(session, command, headers)
                .whenComplete((_, error) -> session.onLoop(() -> intercepted(command, headers, answer, error)));
    }

    private void intercepted(StompCommand command, StompHeaders headers, Answer answer, @Nullable Throwable error) {
        try {
            if (error != null) {
                refuse(answer, error);
            } else {
                takeEffect(command, headers, answer);
            }
        } catch (Refusal refusal) {
            fatal(answer, refusal);
        }
        if (command == StompCommand.ACK || command == StompCommand.NACK) {
            session.frames().handled();
        }
    }

    private void takeEffect(StompCommand command, StompHeaders headers, Answer answer) {
        switch (command) {
            case COMMIT -> commit(transactions.end(headers), answer);
            case UNSUBSCRIBE -> unsubscribe(headers, answer);
            case BEGIN -> {
                transactions.begin(headers);
                done(answer, Answer.NOTHING);
            }
            case ABORT -> {
                transactions.end(headers);
                done(answer, Answer.NOTHING);
            }
            default -> holdOrSettle(command, headers, answer);
        }
    }

    private void holdOrSettle(StompCommand command, StompHeaders headers, Answer answer) {
        if (transactions.hold(command, headers, Unpooled.EMPTY_BUFFER)) {
            done(answer, Answer.NOTHING);
        } else {
            acknowledging
                    .settle(command, headers, connecting.version())
                    .whenComplete((_, error) -> ended(answer, error));
        }
    }

    private void holdOrSend(StompFrame frame, Answer answer) {
        required(frame.headers(), "destination");
        if (transactions.hold(frame.command(), frame.headers(), frame.body())) {
            done(answer, Answer.NOTHING);
            session.frames().handled();
        } else {
            send(frame, answer);
        }
    }

    /** A frame that was dropped without a word is answered only where an answer is waited for. */
    private void refuse(Answer answer, Throwable error) {
        boolean silent = cause(error) instanceof Dropped && answer.receiptId() == null;
        session.end(answer, silent ? new Answer.Outcome.Done(null, Answer.NOTHING) : refusal(error));
    }

    private void commit(List<HeldFrame> frames, Answer answer) {
        new Committing(session, context, acknowledging, connecting.version(), frames)
                .commit()
                .whenComplete((refused, error) -> session.onLoop(() -> committed(answer, refused, error)));
    }

    private void committed(Answer answer, @Nullable List<Throwable> refused, @Nullable Throwable error) {
        if (refused == null || refused.isEmpty()) {
            ended(answer, error);
            return;
        }
        session.end(answer, refusal(refused.getFirst()));
        for (Throwable further : refused.subList(1, refused.size())) {
            if (!session.closing()) {
                session.tell(refusal(further));
            }
        }
    }

    private void ended(Answer answer, @Nullable Throwable error) {
        if (error == null) {
            done(answer, Answer.NOTHING);
        } else if (cause(error) instanceof Refusal refusal && refusal.fault() == DeliveryFault.UNKNOWN_ACK) {
            fatal(answer, refusal);
        } else {
            session.end(answer, refusal(error));
        }
    }

    private void send(StompFrame frame, Answer answer) {
        String destination = required(frame.headers(), "destination");
        byte[] body = ByteBufUtil.getBytes(frame.body());
        ReceiptScope scope = new ReceiptScope();
        scope.stored().whenComplete((position, error) -> session.onLoop(() -> sent(answer, position, error)));
        allowed(StompCommand.SEND, destination, frame.headers(), error -> {
            if (error != null) {
                scope.handled(error);
                session.frames().handled();
            } else {
                handOver(destination, frame.headers(), body, scope);
            }
        });
    }

    private void handOver(String destination, StompHeaders headers, byte[] body, ReceiptScope scope) {
        CompletionStage<?> handling = context.isApplication(destination) || context.isIntercepted(destination)
                ? context.application().handle(new ApplicationFrame(session, destination, headers, body, scope))
                : publish(destination, headers, body, scope);
        handling.whenComplete((_, error) -> session.onLoop(() -> {
            scope.handled(error);
            session.frames().handled();
        }));
    }

    private CompletionStage<?> publish(String destination, StompHeaders headers, byte[] body, ReceiptScope scope) {
        scope.join(context.publisher().publish(destination, session.userName(), ClientContent.of(headers, body)));
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
        if (headers.contains("selector")) {
            throw new Refusal(SessionFault.NOT_SUPPORTED, "there are no selectors; give each kind its own destination");
        }
        String id = headers.contains("id") || connecting.idsRequired() ? required(headers, "id") : destination;
        if (id.getBytes(StandardCharsets.UTF_8).length > context.limits().subscriptionIdBytes()) {
            throw new Refusal(
                    SessionFault.SUBSCRIPTION_ID_TOO_LONG,
                    "an id has at most " + context.limits().subscriptionIdBytes() + " bytes");
        }
        AckMode ackMode = AckMode.of(headers.get("ack"))
                .orElseThrow(() ->
                        new Refusal(SessionFault.INVALID_HEADER, "ack is none of auto, client and client-individual"));
        SubscriptionTerms terms = new SubscriptionTerms(
                id, destination, ackMode, session.subscriptions().nextWindow());
        count(headers, "last", context.limits().lastMessages());
        allowed(StompCommand.SUBSCRIBE, destination, headers, error -> {
            if (error != null) {
                refuse(answer, error);
            } else {
                begin(terms, headers, answer);
            }
        });
    }

    private void begin(SubscriptionTerms terms, StompHeaders headers, Answer answer) {
        try {
            Subscription subscription = session.subscriptions().add(terms);
            context.listeners()
                    .forEach(listener -> listener.onSubscribed(session, terms.id(), terms.destination(), headers));
            new Subscribing(session, context.limits(), subscription, answer, headers).run();
        } catch (Refusal refusal) {
            fatal(answer, refusal);
        }
    }

    private void unsubscribe(StompHeaders headers, Answer answer) {
        boolean byId = connecting.idsRequired() || headers.contains("id");
        Subscription removed = session.subscriptions()
                .remove(byId ? required(headers, "id") : null, byId ? null : required(headers, "destination"));
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

    private Answer.Outcome.Refused refusal(Throwable error) {
        Throwable cause = cause(error);
        if (cause instanceof Refusal refusal) {
            return new Answer.Outcome.Refused(refusal.fault(), refusal.detail(), refusal instanceof Tolerated);
        }
        if (cause instanceof LogUnavailableException) {
            log.warn("A frame of session {} could not be stored: {}", session.id(), cause.getMessage());
            return new Answer.Outcome.Refused(SessionFault.UNAVAILABLE, "the store cannot take this now; try again");
        }
        log.error("A frame of session {} could not be handled", session.id(), cause);
        return new Answer.Outcome.Refused(SessionFault.INTERNAL_ERROR, "the server failed to handle this frame");
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
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
