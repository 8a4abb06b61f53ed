package dev.maru.engine;

import dev.maru.engine.destination.SnapshotSource;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.ApplicationHandler;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionLimits;
import dev.maru.engine.session.StompSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Sessions on one side, destinations on the other, and every message's way between them.
 *
 * <p>Safe for any thread.
 */
public final class Engine implements AutoCloseable {

    /** A builder without history and without an application; everybody may do everything. */
    public static Builder builder() {
        throw new UnsupportedOperationException();
    }

    /** Opens the session of a new connection. Called on the connection's event loop. */
    public StompSession open(Connection connection, Handshake handshake) {
        throw new UnsupportedOperationException();
    }

    /**
     * Publishes to a broker destination. On a destination with history the message is appended to its log; the stage
     * completes when it is stored, with its position, and a {@link dev.maru.engine.session.ReceiptScope} that is
     * current joins it. Elsewhere it is handed to the subscribers at once, and there is no position. Messages that one
     * thread publishes to one destination reach everybody in the order of the calls.
     */
    public CompletionStage<Optional<StreamPosition>> publish(String destination, MessageContent content) {
        throw new UnsupportedOperationException();
    }

    /**
     * Hands a message to those who are subscribed now, and keeps it nowhere, not even on a destination with history.
     * Messages that one thread broadcasts to one destination reach everybody in the order of the calls.
     */
    public void broadcast(String destination, MessageContent content) {
        throw new UnsupportedOperationException();
    }

    /** Stops taking sessions and closes those that are open with {@code SERVER_SHUTDOWN}. Idempotent. */
    @Override
    public void close() {}

    /**
     * What an engine is made of. Patterns of destinations are Ant patterns: {@code *} within a segment,
     * {@code **} for any number of segments, {@code {name}} for one segment.
     *
     * <p>Confined to one thread.
     */
    public static final class Builder {
        private Builder() {}

        /** SEND frames to destinations that start with one of these prefixes go to the handler. */
        public Builder application(ApplicationHandler handler, String... prefixes) {
            throw new UnsupportedOperationException();
        }

        /** Destinations that match the pattern have this history. */
        public Builder recoverable(String pattern, MessageLog log) {
            throw new UnsupportedOperationException();
        }

        /** Each new subscription to a destination that matches the pattern gets a snapshot first. */
        public Builder snapshot(String pattern, SnapshotSource source) {
            throw new UnsupportedOperationException();
        }

        /** The first destination is another name of the second; MESSAGE frames carry the name that was subscribed to. */
        public Builder alias(String name, String destination) {
            throw new UnsupportedOperationException();
        }

        /** Who says who a client is; by default the session is its own user. */
        public Builder authenticator(Authenticator authenticator) {
            throw new UnsupportedOperationException();
        }

        /** Who says what a session may do; by default it may do everything. */
        public Builder authorizer(Authorizer authorizer) {
            throw new UnsupportedOperationException();
        }

        /** Adds someone who is told of the life of sessions. */
        public Builder listener(SessionListener listener) {
            throw new UnsupportedOperationException();
        }

        /** What bounds each session. */
        public Builder limits(SessionLimits limits) {
            throw new UnsupportedOperationException();
        }

        public Engine build() {
            throw new UnsupportedOperationException();
        }
    }
}
