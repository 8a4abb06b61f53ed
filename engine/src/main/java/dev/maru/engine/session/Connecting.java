package dev.maru.engine.session;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * CONNECT: the version, the user, the heart-beats (STOMP 1.2, "Connecting").
 *
 * <p>Confined to its session's event loop.
 */
final class Connecting {
    private static final String SERVER = "maru";

    private final EngineSession session;
    private final SessionContext context;
    private StompVersion version = StompVersion.V1_2;

    Connecting(EngineSession session, SessionContext context) {
        this.session = session;
        this.context = context;
    }

    /** The version in use; until CONNECT the newest. */
    StompVersion version() {
        return version;
    }

    /** Whether the version in use wants an id in SUBSCRIBE and UNSUBSCRIBE; 1.0 does not. */
    boolean idsRequired() {
        return version != StompVersion.V1_0;
    }

    void connect(StompFrame frame, Answer answer) {
        if (frame.command() != StompCommand.CONNECT && frame.command() != StompCommand.STOMP) {
            throw new Refusal(SessionFault.NOT_CONNECTED, "the first frame is CONNECT or STOMP");
        }
        StompHeaders headers = frame.headers();
        Optional<StompVersion> agreed = newestCommon(headers.get("accept-version"));
        if (agreed.isEmpty()) {
            StompHeaders supported = StompHeaders.of("version", "1.0,1.1,1.2");
            session.end(
                    answer,
                    new Answer.Outcome.Fatal(
                            SessionFault.VERSION_NOT_SUPPORTED, "supported are 1.0, 1.1 and 1.2", supported));
            return;
        }
        version = agreed.get();
        session.speak(version);
        long[] heartBeat = heartBeat(headers.get("heart-beat"));
        context.authenticator()
                .authenticate(session, headers)
                .whenComplete((user, error) -> session.onLoop(() -> {
                    if (user == null) {
                        rejected(answer, error);
                    } else {
                        accepted(answer, user, headers, heartBeat);
                    }
                }));
    }

    private void accepted(Answer answer, SessionUser user, StompHeaders connect, long[] heartBeat) {
        if (session.closed()) {
            return;
        }
        Refusal refusal = session.connected(user);
        if (refusal != null) {
            rejected(answer, refusal);
            return;
        }
        session.heartBeat().agree(heartBeat[0], heartBeat[1]);
        StompHeaders headers = StompHeaders.of("version", version.text(), "session", session.id(), "server", SERVER);
        if (version != StompVersion.V1_0) {
            headers.add("heart-beat", HeartBeat.offer(context.limits()));
        }
        if (!user.anonymous()) {
            headers.add("user-name", user.name());
        }
        ServerFrame connected = new ServerFrame(StompCommand.CONNECTED, headers, FrameHandler.NO_BODY);
        context.listeners().forEach(listener -> listener.onConnected(session, connect));
        session.end(answer, new Answer.Outcome.Done(connected, Answer.NOTHING));
    }

    private void rejected(Answer answer, @Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        Answer.Outcome.Fatal outcome = cause instanceof Refusal refusal
                ? new Answer.Outcome.Fatal(refusal.fault(), refusal.detail(), new StompHeaders())
                : new Answer.Outcome.Fatal(
                        SessionFault.INTERNAL_ERROR, "the server failed to identify this client", new StompHeaders());
        session.end(answer, outcome);
    }

    private static Optional<StompVersion> newestCommon(@Nullable String accepted) {
        if (accepted == null) {
            return Optional.of(StompVersion.V1_0);
        }
        return Arrays.stream(accepted.split(",", 16))
                .map(String::trim)
                .map(StompVersion::of)
                .flatMap(Optional::stream)
                .max(StompVersion::compareTo);
    }

    /** What the client can send and what it wants, in milliseconds. */
    private static long[] heartBeat(@Nullable String header) {
        if (header == null) {
            return new long[] {0, 0};
        }
        String[] parts = header.trim().split(",", 3);
        if (parts.length != 2 || !isMillis(parts[0]) || !isMillis(parts[1])) {
            throw new Refusal(SessionFault.INVALID_HEADER, "heart-beat is two numbers of milliseconds");
        }
        return new long[] {Long.parseLong(parts[0].trim()), Long.parseLong(parts[1].trim())};
    }

    private static boolean isMillis(String text) {
        return text.trim().matches("[0-9]{1,9}");
    }
}
