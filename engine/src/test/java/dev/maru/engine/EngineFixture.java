package dev.maru.engine;

import dev.maru.engine.history.HistoryCache;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompCommand;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An engine with a scripted log behind {@code /topic/kept/**}, two event loops and as many clients as one likes. */
final class EngineFixture implements AutoCloseable {
    static final String KEPT = "/topic/kept/a";
    static final String PLAIN = "/topic/plain";

    /** Shared by all fixtures, because starting and stopping them takes longer than most tests. */
    private static final List<EventExecutor> LOOPS = List.of(new DefaultEventExecutor(), new DefaultEventExecutor());

    final ScriptedLog log = new ScriptedLog();
    final List<EventExecutor> loops = LOOPS;
    final Engine engine;
    private final List<TestClient> clients = new ArrayList<>();

    EngineFixture() {
        this(Engine.builder());
    }

    EngineFixture(Engine.Builder builder) {
        engine = builder.recoverable("/topic/kept/**", log).build();
    }

    /** The log is read through this cache. */
    EngineFixture(HistoryCache cache) {
        engine = Engine.builder()
                .recoverable("/topic/kept/**", cache.around(log))
                .build();
    }

    TestClient open() {
        TestClient client = new TestClient(engine, loops.get(clients.size() % loops.size()));
        clients.add(client);
        return client;
    }

    TestClient connect() {
        return open().connect();
    }

    /** A client that is subscribed to the destination, with a RECEIPT to prove it. */
    TestClient subscribed(String destination, String... headers) {
        TestClient client = connect();
        List<String> all = new ArrayList<>(List.of("id", "s", "destination", destination, "receipt", "sub"));
        all.addAll(List.of(headers));
        client.send(StompCommand.SUBSCRIBE, "", all.toArray(String[]::new));
        client.awaitFrame(StompCommand.RECEIPT);
        return client;
    }

    void publish(String destination, String text) {
        var _ = engine.publish(destination, content(text)).toCompletableFuture();
    }

    /** Stores a message in the log without telling the engine of it. */
    void storeSilently(String destination, String text) {
        log.storeSilently(entry(destination, text));
    }

    static LogEntry entry(String destination, String text) {
        return new LogEntry(destination, "someone", null, content(text));
    }

    static MessageContent content(String text) {
        return MessageContent.bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        engine.close();
    }
}
