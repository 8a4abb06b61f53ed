package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of what can happen to readers of one stream, judged by a model that is obviously right: whoever says
 * where they stopped gets each later offset once and in order, whatever happened in between.
 */
class DeliveryModelTest {
    private static final String KEPT = EngineFixture.KEPT;
    private static final int STEPS = 250;
    private static final int READERS = 6;

    private final EngineFixture fixture = new EngineFixture(Engine.builder().limits(smallBuffers()));
    private final ExecutorService logThread = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        fixture.close();
        logThread.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyReaderSeesEveryOffsetOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        fixture.log.answerOn(logThread);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(new Reader(random.nextInt(3) * 5L));
        }
        for (int step = 0; step < STEPS; step++) {
            step(random, readers.get(random.nextInt(READERS)));
        }
        publish();
        logThread.submit(() -> {}).get();

        long head = fixture.log.size(KEPT);
        for (Reader reader : readers) {
            reader.client.stuck(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> reader.last() >= head);
            assertThat(reader.offsets())
                    .isEqualTo(LongStream.rangeClosed(reader.from + 1, head)
                            .boxed()
                            .toList());
        }
    }

    private void step(Random random, Reader reader) {
        switch (random.nextInt(10)) {
            case 0 -> reader.client.stuck(true);
            case 1, 2 -> reader.client.stuck(false);
            case 3 -> reader.reconnect();
            case 4 -> fixture.engine.broadcast(KEPT, EngineFixture.content("not kept"));
            case 5 -> tellOutOfOrder(random);
            default -> publish();
        }
    }

    private void publish() {
        fixture.publish(KEPT, "x".repeat(1_000));
    }

    /** So that a reader is in trouble after a few messages. */
    private static SessionLimits smallBuffers() {
        SessionLimits d = SessionLimits.DEFAULT;
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                10_000,
                d.unacknowledgedMessages(),
                d.transactions(),
                d.replayMessages(),
                d.lastMessages(),
                d.connectTimeout(),
                d.heartBeatSend(),
                d.heartBeatReceive(),
                d.messageRate());
    }

    /** What another node stored arrives shuffled, and some of it never. */
    private void tellOutOfOrder(Random random) {
        List<StoredMessage> messages = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            messages.add(fixture.log.storeSilently(EngineFixture.entry(KEPT, "remote")));
        }
        StoredMessage newest = messages.getLast();
        Collections.shuffle(messages, random);
        messages.stream()
                .filter(message -> message.equals(newest) || random.nextInt(3) > 0)
                .forEach(fixture.log::tell);
    }

    /** Somebody who keeps track of where they stand, over all their connections. */
    private final class Reader {
        private final long from;
        private final List<Long> seenBefore = new ArrayList<>();
        private TestClient client;

        Reader(long from) {
            while (fixture.log.size(KEPT) < from) {
                fixture.storeSilently(KEPT, "old");
            }
            this.from = from;
            this.client = subscribe();
        }

        void reconnect() {
            client.drop(CloseReason.CONNECTION_LOST);
            seenBefore.addAll(seenNow());
            client = subscribe();
        }

        long last() {
            List<Long> offsets = offsets();
            return offsets.isEmpty() ? from : offsets.getLast();
        }

        List<Long> offsets() {
            List<Long> all = new ArrayList<>(seenBefore);
            all.addAll(seenNow());
            return all;
        }

        private TestClient subscribe() {
            TestClient fresh = fixture.connect();
            String since = new StreamPosition(ScriptedLog.EPOCH, seenBefore.isEmpty() ? from : seenBefore.getLast())
                    .toString();
            fresh.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", KEPT, "since", since, "receipt", "r");
            return fresh;
        }

        private List<Long> seenNow() {
            return client.frames(StompCommand.MESSAGE).stream()
                    .map(frame -> Objects.requireNonNull(frame.header("message-id")))
                    .filter(id -> !id.contains("~"))
                    .map(id -> StreamPosition.parse(id).orElseThrow().offset())
                    .toList();
        }
    }
}
