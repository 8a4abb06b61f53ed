package dev.maru.spring.messaging;

import dev.maru.engine.fault.Dropped;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.FrameInterceptor;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.session.SessionMessages;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

/**
 * Shows everything that clients send to the interceptors of {@code clientInboundChannel}, as Spring does: CONNECT,
 * where they may set the user; DISCONNECT, when it is over; and all others, before they take effect. What an interceptor
 * throws is told to the client; what it drops, without a word, only to a client that waits for an answer. Where an
 * application has no such interceptors, only what is meant for its methods leaves the event loop.
 *
 * <p>Called on event loops; the interceptors run on the threads of {@link SessionTasks}. Safe for any thread.
 */
public final class InterceptedClients implements FrameInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(InterceptedClients.class);
    private static final byte[] EMPTY = new byte[0];

    private final BrokerSettings settings;
    private final SessionTasks tasks;
    private final MessageChannel channel;

    InterceptedClients(BrokerSettings settings, SessionTasks tasks, MessageChannel channel) {
        this.settings = settings;
        this.tasks = tasks;
        this.channel = channel;
    }

    /** Prefixes of the destinations whose SEND frames are for the application. */
    public List<String> applicationPrefixes() {
        return settings.applicationPrefixes();
    }

    /** Prefixes of the broker destinations whose SEND frames go through the channel. */
    public List<String> interceptedPrefixes() {
        if (!intercepted()) {
            return List.of();
        }
        if (settings.brokerPrefixes().isEmpty()) {
            return List.of("");
        }
        return Stream.concat(settings.brokerPrefixes().stream(), Stream.of(UserDestinations.PREFIX))
                .toList();
    }

    @Override
    public CompletionStage<?> intercept(Session session, StompCommand command, StompHeaders headers) {
        return intercepted()
                ? pass(session, command, headers)
                : FrameInterceptor.NONE.intercept(session, command, headers);
    }

    /** Lets interceptors see CONNECT after this authenticator, and set another user. */
    public Authenticator around(Authenticator authenticator) {
        return intercepted()
                ? (session, connect) -> authenticator
                        .authenticate(session, connect)
                        .thenCompose(user -> connect(session, connect, user))
                : authenticator;
    }

    /** Lets interceptors see SUBSCRIBE after this authorizer. */
    public Authorizer around(Authorizer authorizer) {
        return intercepted()
                ? (session, command, destination, headers) -> authorizer
                        .authorize(session, command, destination, headers)
                        .thenCompose(allowed -> subscribe(session, command, headers))
                : authorizer;
    }

    /** Lets interceptors see what cannot be refused any more. Called on the session's own thread. */
    void show(Message<byte[]> goodbye) {
        if (intercepted()) {
            try {
                channel.send(goodbye);
            } catch (RuntimeException failure) {
                LOG.warn("An interceptor failed on {}", goodbye, failure);
            }
        }
    }

    /** Whether there are any interceptors. */
    boolean intercepted() {
        return !settings.channels().inbound().isEmpty();
    }

    private CompletionStage<SessionUser> connect(Session session, StompHeaders headers, SessionUser user) {
        AtomicReference<@Nullable Principal> chosen = new AtomicReference<>();
        Principal known = user.anonymous() ? null : user;
        return pass(session, () -> SessionMessages.connect(session, headers, known, chosen::set))
                .thenApply(passed -> {
                    Principal principal = chosen.get();
                    return principal == null ? user : SessionMessages.adopt(session, principal);
                });
    }

    private CompletionStage<?> subscribe(Session session, StompCommand command, StompHeaders headers) {
        return command == StompCommand.SUBSCRIBE
                ? pass(session, command, headers)
                : CompletableFuture.completedStage(null);
    }

    private CompletionStage<?> pass(Session session, StompCommand command, StompHeaders headers) {
        var springs = org.springframework.messaging.simp.stomp.StompCommand.valueOf(command.name());
        return pass(session, () -> SessionMessages.of(session, springs, headers, EMPTY));
    }

    private CompletionStage<@Nullable Void> pass(Session session, Supplier<Message<byte[]>> message) {
        CompletableFuture<@Nullable Void> passed = new CompletableFuture<>();
        tasks.run(session, () -> {
            try {
                if (channel.send(message.get())) {
                    passed.complete(null);
                } else {
                    passed.completeExceptionally(
                            new Dropped(MessagingFault.INTERCEPTED, "the application dropped this frame"));
                }
            } catch (RuntimeException failure) {
                passed.completeExceptionally(FrameFailures.intercepted(failure));
            }
        });
        return passed;
    }
}
