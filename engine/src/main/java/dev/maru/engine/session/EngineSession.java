package dev.maru.engine.session;

import dev.maru.engine.fanout.CatchUpTurns;
import dev.maru.engine.fanout.DeliveryFailure;
import dev.maru.engine.fanout.Loop;
import dev.maru.engine.fanout.OverflowBudget;
import dev.maru.engine.fanout.Subscriber;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: joins its connection, the queue of its frames, its subscriptions and its heart-beats.
 *
 * <p>Confined to its connection's event loop, but for what {@link Session} offers, which is safe for any thread.
 */
final class EngineSession implements StompSession, Session, Subscriber {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    private static final int STAYING = -1;

    private final SessionContext context;
    private final Connection connection;
    private final Handshake handshake;
    private final SessionRegistry registry;
    private final long openedAt;
    private final String id = SessionIds.next();
    private final Loop loop;
    private final FrameQueue frames;
    private final SessionSubscriptions subscriptions;
    private final AnswerWriter answers;
    private final HeartBeat heartBeat;
    private final Intake intake;
    private volatile @Nullable Map<String, Object> attributes;
    private volatile @Nullable SessionUser user;
    private @Nullable SessionExpiry expiry;
    private @Nullable CloseReason closing;
    private volatile boolean closed;
    private boolean touched;
    private boolean behind;
    private @Nullable OverflowBudget overflow;
    private @Nullable CatchUpTurns catchUpTurns;
    private int comeBackMillis = STAYING;

    EngineSession(SessionContext context, Connection connection, Handshake handshake, SessionRegistry registry) {
        this.context = context;
        this.connection = connection;
        this.handshake = handshake;
        this.registry = registry;
        this.openedAt = registry.now();
        this.loop = context.fanOut().loop(connection.executor());
        this.heartBeat = new HeartBeat(this, context.limits(), context.ticker());
        this.intake = new Intake(this, connection, context);
        this.subscriptions = new SessionSubscriptions(this, context);
        this.answers = new AnswerWriter(this);
        this.frames = new FrameQueue(new FrameHandler(this, context)::handle, answers::write);
    }

    // What transports call.

    @Override
    public void onActivity() {
        heartBeat.heard();
    }

    @Override
    public void onFrame(StompFrame frame) {
        if (closed || closing != null || leaving()) {
            frame.close();
            return;
        }
        if (frame.command() == StompCommand.SEND) {
            loop.traffic().heard();
        }
        long now = context.ticker().nanoTime();
        if (!intake.admits(now)) {
            refuse(frame);
            return;
        }
        frames.add(frame);
        intake.taken(now);
    }

    /** Being heard is all there is to it, and {@link #onActivity} has noted that. */
    @Override
    public void onHeartBeat() {}

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        fault(SessionFault.of(fault), detail, receipt);
    }

    @Override
    public void onSent() {
        if (connection.unsentBytes() <= context.limits().unsentBytes() / 2) {
            if (behind) {
                behind = false;
                subscriptions.resume();
            }
            intake.update();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        frames.stop();
        intake.end();
        subscriptions.cancelAll();
        registry.closed(this);
        if (expiry != null) {
            expiry.cancel();
        }
        CloseReason because = closing == null ? reason : closing;
        if (user != null) {
            context.listeners().forEach(listener -> listener.onClosed(this, because));
        }
    }

    // What applications call.

    @Override
    public String id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public @Nullable SessionUser user() {
        return user;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> existing = attributes;
        if (existing != null) {
            return existing;
        }
        synchronized (this) {
            Map<String, Object> made = attributes;
            if (made == null) {
                made = new ConcurrentHashMap<>(4);
                attributes = made;
            }
            return made;
        }
    }

    @Override
    public void send(String destination, MessageContent content) {
        loop.post(() -> subscriptions.send(destination, content));
    }

    @Override
    public void close(CloseReason reason) {
        onLoop(() -> closeNow(reason));
    }

    // What fan-out calls.

    @Override
    public WireFormat wireFormat() {
        return connection.wireFormat();
    }

    @Override
    public ByteBufAllocator allocator() {
        return connection.allocator();
    }

    @Override
    public boolean congested() {
        return connection.unsentBytes() > context.limits().unsentBytes();
    }

    @Override
    public boolean closing() {
        return closed || closing != null;
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        loop.traffic().wroteBytes(bytes.readableBytes());
        connection.write(bytes);
        heartBeat.sent();
        if (!touched) {
            touched = true;
            loop.touched(this);
        }
    }

    @Override
    public void flush() {
        touched = false;
        if (!closed) {
            connection.flush();
            intake.flushed();
        }
    }

    @Override
    public void fellBehind(Subscription subscription) {
        context.slowConsumers().fellBehind(this, subscription);
    }

    @Override
    public void awaitRoom() {
        behind = true;
    }

    /** Twice what a {@code since} may ask for, so that nobody who was promised that is slow for what comes meanwhile. */
    @Override
    public long mostMessagesBehind() {
        return 2L * context.limits().replayMessages();
    }

    @Override
    public CatchUpTurns catchUpTurns() {
        if (catchUpTurns == null) {
            catchUpTurns = new CatchUpTurns();
        }
        return catchUpTurns;
    }

    @Override
    public OverflowBudget overflowBudget() {
        if (overflow == null) {
            overflow = new OverflowBudget(context.overflowLimits());
        }
        return overflow;
    }

    @Override
    public void dropped(Subscription subscription, int messages) {
        context.slowConsumers().dropped(this, subscription, messages);
    }

    @Override
    public void failed(Subscription subscription, DeliveryFailure failure) {
        if (closing()) {
            return;
        }
        if (failure == DeliveryFailure.HISTORY_UNAVAILABLE) {
            log.warn("Session {} cannot be served {} any more: {}", id, subscription.destination(), failure);
            closeNow(CloseReason.SERVER_ERROR);
        } else {
            context.slowConsumers().disconnected(this, subscription, failure);
            answers.error(
                    SessionFault.SLOW_CONSUMER,
                    "this client reads more slowly than messages come to " + subscription.destination());
            closeNow(CloseReason.SLOW_CONSUMER);
        }
    }

    // What the other parts of the session call.

    Loop loop() {
        return loop;
    }

    FrameQueue frames() {
        return frames;
    }

    /** Ends an answer; it is written when its turn comes. */
    void end(Answer answer, Answer.Outcome outcome) {
        frames.end(answer, outcome);
        intake.update();
        leaveIfAnswered();
    }

    SessionSubscriptions subscriptions() {
        return subscriptions;
    }

    HeartBeat heartBeat() {
        return heartBeat;
    }

    boolean closed() {
        return closed;
    }

    /** Whether anything the client sends can reach us. */
    boolean reading() {
        return intake.reading();
    }

    long unsentBytes() {
        return connection.unsentBytes();
    }

    boolean connected() {
        return user != null;
    }

    /** The user's name; empty before CONNECT. */
    String userName() {
        SessionUser known = user;
        return known == null ? "" : known.name();
    }

    /** Settles the version, before frames that came with CONNECT are read. */
    void speak(StompVersion version) {
        connection.speak(version);
    }

    /** When the connection was, in the registry's time. */
    long openedAt() {
        return openedAt;
    }

    /** CONNECT was accepted, unless the registry knows why it cannot be. */
    @Nullable Refusal connected(SessionUser who) {
        Refusal refusal = registry.enter(this, who);
        if (refusal == null) {
            renewed(who);
        }
        return refusal;
    }

    /** The same user has proved it anew. */
    void renewed(SessionUser who) {
        if (closed) {
            return;
        }
        user = who;
        if (expiry == null && who.credential() != null) {
            expiry = new SessionExpiry(
                    connection.executor(), InstantSource.system(), () -> closeNow(CloseReason.SESSION_EXPIRED));
        }
        if (expiry != null) {
            expiry.watch(who.credential());
        }
        // Whoever revoked it a moment ago found the session without it.
        if (registry.revoked(this, who)) {
            closeNow(CloseReason.SESSION_REVOKED);
        }
    }

    /** Asks again about subscriptions, behind what was published before; see {@link Reauthorizing#run}. */
    CompletableFuture<?> reauthorize(@Nullable String destination) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        try {
            loop.post(() ->
                    new Reauthorizing(this, context).run(destination).whenComplete((_, error) -> done.complete(null)));
        } catch (RejectedExecutionException e) {
            done.complete(null);
        }
        return done;
    }

    /** Tells the client what it did not ask for. */
    void tell(Answer.Outcome.Refused refused) {
        answers.refuse(refused, null);
    }

    void write(ServerFrame frame) {
        ByteBuf bytes = allocator().ioBuffer(wireFormat().weight(frame));
        wireFormat().encode(frame, bytes);
        write(bytes);
    }

    /** The client is told of this fault. */
    void refused(Fault fault) {
        context.refusals().add(fault, 1);
    }

    /** An ERROR frame that says this comes next. */
    void failing(Fault fault, String detail) {
        connection.failing(fault, detail);
    }

    void writeHeartBeat() {
        ByteBuf bytes = allocator().ioBuffer();
        wireFormat().encodeHeartBeat(bytes);
        write(bytes);
    }

    void closeNow(CloseReason reason) {
        if (beginClosing(reason)) {
            connection.close(reason);
        }
    }

    private boolean beginClosing(CloseReason reason) {
        if (closed || closing != null) {
            return false;
        }
        closing = reason;
        frames.stop();
        connection.flush();
        return true;
    }

    /**
     * Takes no more frames, and closes when all that came are answered. What the client sent and nobody has read is not
     * answered, so the client knows to send it again. Safe for any thread.
     */
    void leave(int comeBackAfterMillis) {
        onLoop(() -> {
            if (!closing() && !leaving()) {
                comeBackMillis = comeBackAfterMillis;
                intake.update();
                leaveIfAnswered();
            }
        });
    }

    /** Closes at once, with a hint when to come back. Safe for any thread. */
    void dismiss(int comeBackAfterMillis) {
        onLoop(() -> dismissNow(comeBackAfterMillis));
    }

    /**
     * Runs the action on the session's event loop, at once if that is the current thread. An event loop that has ended
     * has ended its connections with it, so there is nothing left to do on one.
     */
    void onLoop(Runnable action) {
        EventExecutor executor = connection.executor();
        if (executor.inEventLoop()) {
            action.run();
            return;
        }
        try {
            executor.execute(action);
        } catch (RejectedExecutionException e) {
            log.debug("The event loop of session {} has ended", id, e);
        }
    }

    /** Whether it takes no more frames, and closes when all that came are answered. */
    boolean leaving() {
        return comeBackMillis != STAYING;
    }

    private void leaveIfAnswered() {
        if (leaving() && frames.size() == 0) {
            dismissNow(comeBackMillis);
        }
    }

    private void dismissNow(int comeBackAfterMillis) {
        if (beginClosing(CloseReason.SERVER_SHUTDOWN)) {
            connection.close(CloseReason.SERVER_SHUTDOWN, comeBackAfterMillis);
        }
    }

    private void refuse(StompFrame frame) {
        try (frame) {
            fault(
                    SessionFault.TOO_MANY_MESSAGES,
                    "more messages at once than anybody may send",
                    frame.headers().get("receipt"));
        }
    }

    private void fault(SessionFault fault, String detail, @Nullable String receipt) {
        Answer answer = new Answer(receipt);
        answer.end(new Answer.Outcome.Fatal(fault, detail, new StompHeaders()));
        frames.addLast(answer);
    }
}
