package dev.maru.transport.http;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionUser;
import dev.maru.transport.sockjs.BrokenPayloadException;
import dev.maru.transport.sockjs.Receiver;
import dev.maru.transport.sockjs.Send;
import dev.maru.transport.sockjs.SockJsFault;
import dev.maru.transport.sockjs.SockJsMessages;
import dev.maru.transport.sockjs.SockJsPages;
import dev.maru.transport.sockjs.SockJsRequest;
import dev.maru.transport.sockjs.SockJsSession;
import dev.maru.transport.sockjs.SockJsSessions;
import dev.maru.transport.sockjs.SockJsTransport;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to its session: asks who may, reads what there is to read, and hands over.
 *
 * <p>Confined to its request's event loop.
 */
final class SockJsVisit {
    private static final Logger log = LoggerFactory.getLogger(SockJsVisit.class);

    private static final int OCTETS_OF_A_FORM = 3;

    private final WebSocketTransport transport;
    private final Route route;
    private final SockJsExchange exchange;
    private final SockJsSessions sessions;
    private final HttpRequest request;
    private final String id;
    private final SocketAddress address;
    private final EventExecutor executor;
    private Handshake handshake;
    private String owner = "";
    private @Nullable Future<?> deadline;
    private boolean decided;

    SockJsVisit(WebSocketTransport transport, Route route, SockJsExchange exchange, SockJsSessions sessions) {
        this.transport = transport;
        this.route = route;
        this.exchange = exchange;
        this.sessions = sessions;
        this.request = exchange.request();
        this.id = SockJsRequest.session(Routes.path(request.uri()));
        SockJsTransport receives = route.target().receives();
        this.address = Forwarding.address(exchange.channel());
        this.executor = exchange.channel().eventLoop();
        this.handshake = Admission.handshake(
                exchange.channel(), request, null, receives == null ? "sockjs" : receives.handshakeName());
    }

    void start() {
        String wrong = wrongCallback();
        if (wrong != null) {
            answer(SockJsPages.page(HttpResponseStatus.INTERNAL_SERVER_ERROR, wrong));
            return;
        }
        decision().whenComplete((decision, error) -> onLoop(() -> decided(decision, error)));
        if (!decided) {
            long patience = transport.settings().handshakeTimeout().toMillis();
            deadline = executor.schedule(() -> decided(null, null), patience, TimeUnit.MILLISECONDS);
        }
    }

    private CompletionStage<HandshakeDecision> decision() {
        try {
            return transport.settings().policy().decide(handshake);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void decided(@Nullable HandshakeDecision decision, @Nullable Throwable error) {
        if (decided) {
            return;
        }
        decided = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        switch (decision) {
            case HandshakeDecision.Accept accept -> accepted(accept);
            case HandshakeDecision.Refuse refuse -> answer(HttpAnswers.problem(refuse.fault(), refuse.detail()));
            case null -> {
                log.error("A SockJS request is refused because nobody said whether it may come", error);
                refuse(TransportFault.IDENTITY_UNAVAILABLE, "It could not be found out who you are.");
            }
        }
    }

    /** A session belongs to whom its first request proved to be; to nobody in particular if it said nothing of that. */
    private void accepted(HandshakeDecision.Accept accept) {
        SessionUser user = accept.user();
        handshake = handshake.admitted(user, accept.attributes());
        owner = user == null ? "" : user.name();
        SockJsTransport receives = route.target().receives();
        if (receives == null) {
            send();
        } else {
            receive(receives);
        }
    }

    // A request that receives.

    private void receive(SockJsTransport receives) {
        SockJsSession session = sessions.find(id, owner);
        if (session == null) {
            session = create();
        }
        if (session != null) {
            String callback = Objects.requireNonNullElse(callback(), "");
            Receiver receiver =
                    new Receiver(receives, callback, exchange.channel().alloc());
            receiver.respondWith(exchange.begin(head(receives), receiver));
            session.receive(receiver, () -> onLoop(() -> receiveAgain(receiver)));
        }
    }

    /** Its session was forgotten in this very moment, so the client begins a new one. */
    private void receiveAgain(Receiver receiver) {
        SockJsSession session = transport.addresses().enter(address) ? createCounted() : null;
        if (session == null) {
            receiver.refuse();
        } else {
            session.receive(receiver, receiver::refuse);
        }
    }

    /** A new session of an address that has been counted, or null. */
    private @Nullable SockJsSession createCounted() {
        SockJsSession.Loop loop =
                new SockJsSession.Loop(executor, exchange.channel().alloc());
        Runnable leave = () -> transport.addresses().leave(address);
        SockJsSession session = sessions.create(id, owner, handshake, loop, leave);
        if (session == null) {
            leave.run();
        }
        return session;
    }

    private @Nullable SockJsSession create() {
        if (sessions.has(id)) {
            refuse(SockJsFault.UNKNOWN_SOCKJS_SESSION, "This session is somebody else's.");
            return null;
        }
        if (!transport.accepting()) {
            answer(transport.shuttingDown());
            return null;
        }
        if (!transport.addresses().enter(address)) {
            refuse(SessionFault.TOO_MANY_CONNECTIONS, "Too many connections from there.");
            return null;
        }
        SockJsSession session = createCounted();
        if (session == null) {
            refuse(SockJsFault.TOO_MANY_SOCKJS_SESSIONS, "There are as many sessions as there may be.");
        }
        return session;
    }

    private HttpResponse head(SockJsTransport receives) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, receives.contentType())
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        dress(head.headers());
        return head;
    }

    /** What is wrong with the name of the function to call, if there has to be one; else null. */
    private @Nullable String wrongCallback() {
        SockJsTransport receives = route.target().receives();
        if (receives == null || !receives.callsBack()) {
            return null;
        }
        String name = callback();
        if (name == null || name.isEmpty()) {
            return "\"callback\" parameter required\n";
        }
        return SockJsTransport.isCallback(name) ? null : "invalid \"callback\" parameter\n";
    }

    private @Nullable String callback() {
        try {
            List<String> names =
                    new QueryStringDecoder(request.uri()).parameters().get("c");
            return names == null ? null : names.getFirst();
        } catch (IllegalArgumentException e) {
            return "%";
        }
    }

    // A request that sends.

    private void send() {
        if (sessions.find(id, owner) == null) {
            unknownSession();
            return;
        }
        exchange.body(maxBodyBytes())
                .whenComplete((body, error) -> onLoop(() -> {
                    if (body != null) {
                        read(body);
                    } else if (error instanceof Refusal refusal) {
                        refuse(refusal.fault(), refusal.detail());
                    } else {
                        refuse(TransportFault.MALFORMED_REQUEST, "The body did not arrive.");
                    }
                }));
    }

    /** In a form each octet may be written as three. */
    private int maxBodyBytes() {
        long bytes = route.endpoint().maxFrameBytes();
        return (int) Math.min(isForm() ? OCTETS_OF_A_FORM * bytes : bytes, Integer.MAX_VALUE);
    }

    private void read(byte[] body) {
        try {
            List<String> messages = isForm() ? SockJsMessages.readForm(body) : SockJsMessages.read(body);
            SockJsSession session = sessions.find(id, owner);
            if (session == null) {
                unknownSession();
            } else {
                session.send(new Send(messages, outcome -> onLoop(() -> sent(outcome))));
            }
        } catch (BrokenPayloadException e) {
            answer(SockJsPages.page(HttpResponseStatus.INTERNAL_SERVER_ERROR, e.text()));
        }
    }

    private void sent(Send.Outcome outcome) {
        switch (outcome) {
            case TAKEN -> answer(taken());
            case NO_SESSION -> unknownSession();
            case TOO_MANY -> refuse(SockJsFault.TOO_MANY_SENDS, "Wait for the answers to what was sent before.");
        }
    }

    private FullHttpResponse taken() {
        boolean jsonp = route.target() == SockJsRequest.JSONP_SEND;
        FullHttpResponse response = jsonp
                ? SockJsPages.page(HttpResponseStatus.OK, "ok")
                : SockJsPages.page(HttpResponseStatus.NO_CONTENT, "");
        if (!jsonp) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");
        return response;
    }

    private boolean isForm() {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        return route.target() == SockJsRequest.JSONP_SEND
                && type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
    }

    // Answers.

    private void unknownSession() {
        refuse(SockJsFault.UNKNOWN_SOCKJS_SESSION, "There is no such session, or no longer.");
    }

    private void refuse(Fault fault, String detail) {
        answer(HttpAnswers.problem(fault, detail));
    }

    private void answer(FullHttpResponse response) {
        dress(response.headers());
        exchange.answer(response);
    }

    private void dress(HttpHeaders response) {
        SockJsHttp.dress(response, request, route);
    }

    private void onLoop(Runnable action) {
        if (executor.inEventLoop()) {
            action.run();
        } else {
            executor.execute(action);
        }
    }
}
