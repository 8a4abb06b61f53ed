package dev.maru.engine.session;

import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One SUBSCRIBE from its acceptance to the start of its subscription: finds the position to start from, answers, and
 * only then lets messages come.
 *
 * <p>A client that gives {@code since} gets everything after it or is told that it cannot: the position must be of this
 * epoch, not beyond the head, not further back than the replay limit, and all after it must still be kept.
 *
 * <p>Confined to its session's event loop.
 */
final class Subscribing {
    private final EngineSession session;
    private final SessionLimits limits;
    private final Subscription subscription;
    private final Answer answer;
    private final @Nullable MessageLog log;
    private final String canonical;
    private final @Nullable String since;
    private final int last;

    Subscribing(
            EngineSession session,
            SessionLimits limits,
            Subscription subscription,
            Answer answer,
            StompHeaders headers) {
        this.session = session;
        this.limits = limits;
        this.subscription = subscription;
        this.answer = answer;
        var kind = session.subscriptions().kind(subscription.destination());
        this.log = kind.log();
        this.canonical = kind.canonical();
        this.since = headers.get("since");
        this.last = FrameHandler.count(headers, "last", limits.lastMessages());
    }

    void run() {
        subscription.whenReady((head, error) -> {
            if (head == null) {
                unavailable();
            } else if (log == null) {
                answer(new StompHeaders(), 0);
            } else if (since != null) {
                recover(log, since, head);
            } else if (last > 0) {
                asOfNow(log, now -> startFresh(now, null));
            } else {
                startFresh(head, null);
            }
        });
    }

    private void recover(MessageLog history, String text, LogHead head) {
        Optional<StreamPosition> position = StreamPosition.parse(text);
        if (position.isPresent() && position.get().equals(head.position())) {
            decide(position, head);
        } else {
            asOfNow(history, now -> decide(position, now));
        }
    }

    /** The log may keep less by now than it did when the destination's first subscriber came. */
    private void asOfNow(MessageLog history, Consumer<LogHead> action) {
        history.head(canonical)
                .whenComplete((now, error) -> session.onLoop(() -> {
                    if (now == null) {
                        unavailable();
                    } else {
                        action.accept(now);
                    }
                }));
    }

    private void decide(Optional<StreamPosition> position, LogHead head) {
        if (position.isPresent() && recoverable(position.get(), head)) {
            answer(
                    StompHeaders.of("position", position.get().toString(), "recovered", "true")
                            .add("head", head.position().toString()),
                    position.get().offset());
        } else if (answer.receiptId() == null) {
            session.subscriptions().remove(subscription.id(), null);
            session.end(
                    answer,
                    new Answer.Outcome.Refused(
                            SessionFault.NOT_RECOVERABLE, "the history after that position cannot be replayed"));
        } else {
            startFresh(head, "false");
        }
    }

    private boolean recoverable(StreamPosition position, LogHead head) {
        long offset = position.offset();
        long newest = head.position().offset();
        return position.epoch().equals(head.position().epoch())
                && offset <= newest
                && newest - offset <= limits.replayMessages()
                && (offset == newest || offset + 1 >= head.oldest());
    }

    private void startFresh(LogHead head, @Nullable String recovered) {
        long newest = head.position().offset();
        long from = Math.max(newest - last, Math.min(newest, head.oldest() - 1));
        StompHeaders headers =
                StompHeaders.of("position", head.position().at(from).toString());
        if (recovered != null) {
            headers.add("recovered", recovered);
        }
        answer(headers.add("head", head.position().toString()), from);
    }

    private void answer(StompHeaders positions, long from) {
        String receipt = answer.receiptId();
        ServerFrame frame = null;
        if (receipt != null) {
            StompHeaders headers = StompHeaders.of("receipt-id", receipt);
            positions.forEach(headers::add);
            frame = new ServerFrame(StompCommand.RECEIPT, headers, FrameHandler.NO_BODY);
        }
        session.end(answer, new Answer.Outcome.Done(frame, () -> subscription.start(from)));
    }

    private void unavailable() {
        session.subscriptions().remove(subscription.id(), null);
        session.end(
                answer,
                new Answer.Outcome.Refused(
                        SessionFault.UNAVAILABLE, "the history of this destination cannot be read now"));
    }
}
