package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.history.HistoryCache;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryCacheTest {
    private static final String ROOM = "/topic/kept/a";
    private static final long PLENTY = 1 << 20;

    private final ScriptedLog log = new ScriptedLog();
    private final HistoryCache cache = new HistoryCache(PLENTY);
    private final MessageLog cached = cache.around(log);

    HistoryCacheTest() {
        cached.onStored(message -> {});
    }

    @Test
    void readsAPageOnceForAllWhoAskAtTheSameTime() {
        store(ROOM, 200);
        log.hold();

        List<CompletableFuture<List<StoredMessage>>> answers = IntStream.range(0, 1000)
                .mapToObj(i -> cached.readAfter(ROOM, i % 200, 64).toCompletableFuture())
                .toList();
        log.release();

        for (int i = 0; i < 1000; i++) {
            assertThat(answers.get(i).join().getFirst().position().offset()).isEqualTo(i % 200 + 1);
        }
        assertThat(log.reads()).isEqualTo(2);
        assertThat(read(100, 64)).hasSize(28);
        assertThat(log.reads()).isEqualTo(2);
    }

    @Test
    void addsWhatIsStoredLater() {
        store(ROOM, 3);
        read(0, 64);
        append("m3");

        assertThat(read(2, 64)).containsExactly("m2", "m3");
        assertThat(read(3, 64)).containsExactly("m3");
        assertThat(log.reads()).isEqualTo(1);
    }

    @Test
    void readsAgainWhatItWasNotToldOf() {
        store(ROOM, 3);
        read(0, 64);
        store(ROOM, 2);
        append("m5");

        assertThat(read(2, 64)).containsExactly("m2");
        assertThat(read(3, 64)).containsExactly("m0", "m1", "m5");
    }

    @Test
    void asksAgainWhereAReadingBeganBeforeTheMessageWasStored() {
        store(ROOM, 3);
        EarlyAnswers early = new EarlyAnswers(log);
        MessageLog slow = cache.around(early);
        var first = slow.readAfter(ROOM, 0, 64).toCompletableFuture();
        store(ROOM, 1);
        var second = slow.readAfter(ROOM, 3, 64).toCompletableFuture();

        early.answer();
        early.answer();

        assertThat(first.join()).hasSize(3);
        assertThat(second.join()).hasSize(1);
    }

    @Test
    void saysWhereMessagesAreKeptNoMore() {
        store(ROOM, 300);
        log.keepFrom(200);

        assertThat(read(0, 64)).first().isEqualTo("m199");
        assertThat(read(150, 64)).first().isEqualTo("m199");
        assertThat(read(199, 2)).containsExactly("m199", "m200");
    }

    @Test
    void keepsNoMoreThanItMay() {
        IntStream.range(0, 100).forEach(i -> store("/topic/kept/" + i, 100));
        for (int i = 0; i < 100; i++) {
            cached.readAfter("/topic/kept/" + i, 0, 64).toCompletableFuture().join();
            assertThat(cache.bytes()).isBetween(1L, PLENTY);
        }

        HistoryCache none = new HistoryCache(0);
        assertThat(none.around(log)
                        .readAfter(ROOM + "0", 0, 64)
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(none.around(log)
                        .readAfter("/topic/kept/1", 0, 64)
                        .toCompletableFuture()
                        .join())
                .hasSize(64);
        assertThat(none.bytes()).isZero();
    }

    @Test
    void keepsWhatIsAskedForAgainAndAgain() {
        store(ROOM, 100);
        IntStream.range(0, 100).forEach(i -> store("/topic/kept/" + i, 100));
        for (int i = 0; i < 100; i++) {
            read(0, 64);
            cached.readAfter("/topic/kept/" + i, 0, 64).toCompletableFuture().join();
        }

        assertThat(log.reads()).isEqualTo(101);
    }

    @Test
    void givesAFailureToAllAndTriesAnew() {
        store(ROOM, 3);
        log.breakDown(true);
        assertThat(cached.readAfter(ROOM, 0, 64)).isCompletedExceptionally();

        log.breakDown(false);

        assertThat(read(0, 64)).hasSize(3);
    }

    @Test
    void answersAsTheLogWouldWhateverHappens() {
        Random random = new Random(7);
        HistoryCache small = new HistoryCache(20_000);
        MessageLog some = small.around(log);
        some.onStored(message -> {});
        store(ROOM, 1);
        for (int i = 0; i < 5_000; i++) {
            int head = Math.toIntExact(log.size(ROOM));
            switch (random.nextInt(8)) {
                case 0 -> store(ROOM, 1);
                case 1, 2, 3 ->
                    some.append(EngineFixture.entry(ROOM, "a" + i))
                            .toCompletableFuture()
                            .join();
                default -> {
                    int offset = random.nextInt(head + 1);
                    int limit = 1 + random.nextInt(64);
                    List<StoredMessage> right = now(log, offset, limit);
                    List<StoredMessage> answer = now(some, offset, limit);
                    assertThat(answer).isEqualTo(right.subList(0, answer.size()));
                    assertThat(answer.isEmpty()).isEqualTo(right.isEmpty());
                }
            }
            assertThat(small.bytes()).isBetween(0L, 20_000L);
        }
    }

    private static List<StoredMessage> now(MessageLog from, int offset, int limit) {
        return from.readAfter(ROOM, offset, limit).toCompletableFuture().join();
    }

    private void append(String text) {
        cached.append(EngineFixture.entry(ROOM, text)).toCompletableFuture().join();
    }

    private List<String> read(int offset, int limit) {
        return now(cached, offset, limit).stream()
                .map(message -> new String(message.content().body(), StandardCharsets.UTF_8))
                .toList();
    }

    private void store(String destination, int count) {
        for (int i = 0; i < count; i++) {
            log.storeSilently(EngineFixture.entry(destination, "m" + i));
        }
    }

    /** Reads at once and says what was read when the test wants it to. */
    private static final class EarlyAnswers implements MessageLog {
        private final MessageLog log;
        private final List<Runnable> answers = new ArrayList<>();

        EarlyAnswers(MessageLog log) {
            this.log = log;
        }

        void answer() {
            List<Runnable> due = List.copyOf(answers);
            answers.clear();
            due.forEach(Runnable::run);
        }

        @Override
        public CompletableFuture<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
            List<StoredMessage> read = log.readAfter(destination, offset, limit)
                    .toCompletableFuture()
                    .join();
            CompletableFuture<List<StoredMessage>> answer = new CompletableFuture<>();
            answers.add(() -> answer.complete(read));
            return answer;
        }

        @Override
        public CompletionStage<LogHead> head(String destination) {
            return log.head(destination);
        }

        @Override
        public CompletionStage<StreamPosition> append(LogEntry entry) {
            return log.append(entry);
        }

        @Override
        public void inTurn(String destination, Runnable action) {
            log.inTurn(destination, action);
        }

        @Override
        public void onStored(Consumer<StoredMessage> listener) {
            log.onStored(listener);
        }
    }
}
