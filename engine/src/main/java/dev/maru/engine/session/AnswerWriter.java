package dev.maru.engine.session;

import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client how its frames ended. What the application refused is told on {@code /user/queue/errors} if the client
 * listens there; otherwise, and for whatever broke a rule, by an ERROR frame, after which the connection ends (STOMP
 * 1.2, "ERROR"), unless the application tolerates it.
 *
 * <p>Confined to its session's event loop.
 */
final class AnswerWriter {
    private final EngineSession session;

    AnswerWriter(EngineSession session) {
        this.session = session;
    }

    void write(Answer answer) {
        switch (answer.outcome()) {
            case Answer.Outcome.Done done -> {
                if (done.frame() != null) {
                    session.write(done.frame());
                }
                done.then().run();
            }
            case Answer.Outcome.Refused refused -> refuse(refused, answer.receiptId());
            case Answer.Outcome.Fatal fatal -> {
                error(fatal.fault(), fatal.detail(), answer.receiptId(), fatal.extra());
                session.closeNow(CloseReason.PROTOCOL_FAULT);
            }
            case null -> throw new IllegalStateException("the answer has not ended");
        }
    }

    void refuse(Answer.Outcome.Refused refused, @Nullable String receiptId) {
        Subscription listening = session.subscriptions().errors();
        if (listening != null) {
            session.refused(refused.fault());
            StompHeaders headers = faultHeaders(refused.fault(), receiptId);
            listening.answer(new MessageContent(
                    ProblemDocument.render(refused.fault(), refused.detail()), ProblemDocument.CONTENT_TYPE, headers));
        } else if (refused.tolerated() && receiptId == null) {
            session.refused(refused.fault());
        } else {
            error(refused.fault(), refused.detail(), receiptId, new StompHeaders());
            session.closeNow(CloseReason.REFUSED);
        }
    }

    /** Tells by an ERROR frame what no frame of the client's own brought about. */
    void error(Fault fault, String detail) {
        error(fault, detail, null, new StompHeaders());
    }

    private void error(Fault fault, String detail, @Nullable String receiptId, StompHeaders extra) {
        session.refused(fault);
        session.failing(fault, detail);
        StompHeaders headers = faultHeaders(fault, receiptId).add("content-type", "text/plain;charset=utf-8");
        extra.forEach(headers::add);
        session.write(new ServerFrame(StompCommand.ERROR, headers, detail.getBytes(StandardCharsets.UTF_8)));
    }

    private static StompHeaders faultHeaders(Fault fault, @Nullable String receiptId) {
        StompHeaders headers = StompHeaders.of("message", fault.text(), "code", Integer.toString(fault.code()));
        return receiptId == null ? headers : headers.add("receipt-id", receiptId);
    }
}
