package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MessageLog} must do. A subclass opens its log and closes it in an {@code @AfterEach} of its own; if
 * its log renders what it stores, or lets only some destinations in, it overrides {@link #destination}, {@link #append}
 * and {@link #textOf} as well. The log must keep at least {@value #MANY} messages of a destination.
 *
 * <p>Each test has its own instance; the tests themselves start threads.
 */
public abstract class MessageLogContract {

    /** The most messages that a test appends to one destination. */
    protected static final int MANY = 400;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AUTHOR = "guest:민수";

    private final List<StoredMessage> told = new CopyOnWriteArrayList<>();
    private volatile Consumer<StoredMessage> beforeTold = message -> {};
    private MessageLog log;
    private String destination;

    /** A log for one test. It may hold other destinations' messages already. */
    protected abstract MessageLog open();

    /** What an append is refused with whose id the author has used on that destination for something else. */
    protected abstract Fault conflict();

    /** A destination that was never written to, another one at each call. */
    protected String destination() {
        return "/topic/contract/" + UUID.randomUUID();
    }

    /** Appends a text to the log that {@link #open} returned. */
    protected CompletionStage<StreamPosition> append(
            MessageLog log, String destination, String author, @Nullable String clientMessageId, String text) {
        return log.append(
                new LogEntry(destination, author, clientMessageId, MessageContent.bytes(text.getBytes(UTF_8))));
    }

    /** The text that was given to {@link #append}. */
    protected String textOf(StoredMessage message) {
        return new String(message.content().body(), UTF_8);
    }

    @BeforeEach
    final void openLog() {
        log = open();
        log.onStored(message -> {
            beforeTold.accept(message);
            told.add(message);
        });
        destination = destination();
    }

    @Test
    void startsAtOffsetZero() {
        LogHead head = get(log.head(destination));
        assertThat(head.position().offset()).isZero();
        assertThat(head.oldest()).isOne();
        assertThat(get(log.readAfter(destination, 0, 10))).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void numbersMessagesFromOneWithoutAGap() {
        List<Long> offsets = new ArrayList<>();
        for (String text : List.of("a", "b", "c")) {
            offsets.add(get(append(text)).offset());
        }
        assertThat(offsets).containsExactly(1L, 2L, 3L);
        assertThat(get(log.head(destination)).position().offset()).isEqualTo(3);
    }

    @Test
    void namesOneEpochEverywhere() {
        StreamPosition before = get(log.head(destination)).position();
        StreamPosition appended = get(append("a"));
        assertThat(appended).isEqualTo(before.at(1));
        assertThat(get(log.head(destination)).position()).isEqualTo(appended);
        assertThat(get(log.readAfter(destination, 0, 10)).getFirst().position()).isEqualTo(appended);
        assertThat(told.getFirst().position()).isEqualTo(appended);
        assertThat(get(log.head(destination())).position()).isEqualTo(before);
    }

    @Test
    void storesWhatOneThreadAppendsInTheOrderOfItsCalls() {
        List<CompletionStage<StreamPosition>> appends =
                IntStream.range(0, MANY).mapToObj(i -> append("text " + i)).toList();
        assertThat(appends.stream().map(append -> get(append).offset())).containsExactlyElementsOf(offsets(1, MANY));
        assertThat(get(log.readAfter(destination, 0, MANY)).stream().map(this::textOf))
                .containsExactlyElementsOf(
                        IntStream.range(0, MANY).mapToObj(i -> "text " + i).toList());
    }

    @Test
    void givesConcurrentAppendsGaplessPlacesInTheOrderOfEachThread() {
        int threads = 4;
        List<StreamPosition> positions = concurrently(
                threads,
                thread -> IntStream.range(0, MANY / threads)
                        .mapToObj(i -> append(thread + " " + i))
                        .toList());
        assertThat(positions.stream().map(StreamPosition::offset).sorted()).containsExactlyElementsOf(offsets(1, MANY));
        List<String> texts = texts(get(log.readAfter(destination, 0, MANY)));
        for (int thread = 0; thread < threads; thread++) {
            String name = thread + " ";
            assertThat(texts.stream().filter(text -> text.startsWith(name)))
                    .containsExactlyElementsOf(IntStream.range(0, MANY / threads)
                            .mapToObj(i -> name + i)
                            .toList());
        }
    }

    @Test
    void readsWhatComesAfterAnOffsetUpToALimit() {
        appendAll("a", "b", "c", "d", "e");
        List<StoredMessage> page = get(log.readAfter(destination, 2, 2));
        assertThat(texts(page)).containsExactly("c", "d");
        assertThat(page.stream().map(message -> message.position().offset())).containsExactly(3L, 4L);
        assertThat(page).allMatch(message -> message.destination().equals(destination));
        assertThat(texts(get(log.readAfter(destination, 4, 100)))).containsExactly("e");
    }

    @Test
    void readsNothingAtOrBeyondTheHead() {
        appendAll("a", "b");
        for (long offset : new long[] {2, 3, StreamPosition.MAX_OFFSET, Long.MAX_VALUE}) {
            assertThat(get(log.readAfter(destination, offset, 10)))
                    .as("after %d", offset)
                    .isEmpty();
        }
    }

    @Test
    void readsAMessageAsSoonAsItsAppendCompletes() {
        for (int i = 0; i < 20; i++) {
            List<StoredMessage> read = get(
                    append("text " + i).thenCompose(position -> log.readAfter(destination, position.offset() - 1, 2)));
            assertThat(texts(read)).containsExactly("text " + i);
        }
    }

    @Test
    void keepsTwoDestinationsApart() {
        String other = destination();
        appendAll("a", "b");
        assertThat(get(append(log, other, AUTHOR, null, "x")).offset()).isOne();
        assertThat(texts(get(log.readAfter(other, 0, 10)))).containsExactly("x");
        assertThat(texts(get(log.readAfter(destination, 0, 10)))).containsExactly("a", "b");
    }

    @Test
    void givesARepeatTheFirstPositionAndStoresNothing() {
        StreamPosition first = get(append("id-1", "a"));
        get(append("id-2", "b"));
        assertThat(get(append("id-1", "a"))).isEqualTo(first);
        assertThat(texts(get(log.readAfter(destination, 0, 10)))).containsExactly("a", "b");
        assertThat(get(log.head(destination)).position().offset()).isEqualTo(2);
        assertThat(get(append("id-3", "c")).offset()).isEqualTo(3);
        assertThat(texts(told)).containsExactly("a", "b", "c");
    }

    @Test
    void recognisesARepeatThatDoesNotWaitForTheFirst() {
        List<CompletionStage<StreamPosition>> appends = IntStream.range(0, 50)
                .mapToObj(i -> append("id-" + i / 5, "text " + i / 5))
                .toList();
        assertThat(appends.stream().map(append -> get(append).offset()).distinct())
                .containsExactlyElementsOf(offsets(1, 10));
        assertThat(told).hasSize(10);
    }

    @Test
    void recognisesRepeatsOfManyThreads() {
        List<StreamPosition> positions = concurrently(
                4,
                thread -> IntStream.range(0, 50)
                        .mapToObj(i -> append("id-" + i, "text " + i))
                        .toList());
        assertThat(positions).hasSize(200);
        assertThat(new HashSet<>(positions)).hasSize(50);
        assertThat(get(log.head(destination)).position().offset()).isEqualTo(50);
        assertThat(told).hasSize(50);
    }

    @Test
    void takesTheSameIdOfAnotherAuthorOrDestinationForAnotherMessage() {
        String other = destination();
        get(append("id", "a"));
        assertThat(get(append(log, destination, "guest:Jane", "id", "b")).offset())
                .isEqualTo(2);
        assertThat(get(append(log, other, AUTHOR, "id", "c")).offset()).isOne();
    }

    @Test
    void refusesTheSameIdWithOtherContentAndStoresNothing() {
        get(append("id", "a"));
        assertThatThrownBy(() -> get(append("id", "b")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(conflict()));
        assertThat(get(append("id-2", "c")).offset()).isEqualTo(2);
        assertThat(texts(get(log.readAfter(destination, 0, 10)))).containsExactly("a", "c");
        assertThat(texts(told)).containsExactly("a", "c");
    }

    @Test
    void refusesOneOfManyWithoutHarmToTheOthers() {
        List<CompletionStage<StreamPosition>> appends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            appends.add(append("id-" + i, "text " + i));
            appends.add(append("id-0", "text " + i));
        }
        long refused = appends.stream().filter(this::isRefused).count();
        assertThat(refused).isEqualTo(19);
        assertThat(get(log.head(destination)).position().offset()).isEqualTo(20);
        assertThat(told.stream().map(message -> message.position().offset())).containsExactlyElementsOf(offsets(1, 20));
    }

    @Test
    void storesEqualMessagesWithoutAnId() {
        appendAll("a", "a");
        assertThat(texts(get(log.readAfter(destination, 0, 10)))).containsExactly("a", "a");
    }

    @Test
    void keepsTextOfAnyLanguageAsItIs() {
        String text = "안녕, 😀 <b>\"\\ ";
        get(append(text));
        assertThat(texts(get(log.readAfter(destination, 0, 1)))).containsExactly(text);
    }

    @Test
    void tellsOfAMessageBeforeItsAppendCompletes() {
        for (int i = 1; i <= 20; i++) {
            int offset = i;
            Boolean toldInTime = get(append("text " + i).thenApply(position -> wasToldOf(offset)));
            assertThat(toldInTime).as("told of %d", i).isTrue();
        }
    }

    @Test
    void tellsOfAMessageBeforeItsAppendCompletesAlsoWhileTheListenerIsBusy() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch appended = new CountDownLatch(1);
        beforeTold = message -> {
            busy.countDown();
            awaitQuietly(appended);
        };
        CompletableFuture<StreamPosition> first =
                CompletableFuture.supplyAsync(() -> get(append("a")), Thread::startVirtualThread);
        awaitQuietly(busy);
        CompletionStage<Boolean> toldInTime = append("b").thenApply(position -> wasToldOf(2));
        appended.countDown();
        assertThat(get(toldInTime)).isTrue();
        assertThat(get(first).offset()).isOne();
    }

    @Test
    void tellsOfMessagesInTheOrderOfTheirOffsetsWhoeverAppends() {
        String other = destination();
        concurrently(
                4,
                thread -> IntStream.range(0, MANY / 4)
                        .mapToObj(i -> append(log, thread % 2 == 0 ? destination : other, AUTHOR, null, "text " + i))
                        .toList());
        for (String one : List.of(destination, other)) {
            assertThat(told.stream()
                            .filter(message -> message.destination().equals(one))
                            .map(message -> message.position().offset()))
                    .as(one)
                    .containsExactlyElementsOf(offsets(1, MANY / 2));
        }
    }

    @Test
    void tellsOfMessagesAsTheyAreReadBack() {
        appendAll("a", "b");
        List<StoredMessage> read = get(log.readAfter(destination, 0, 10));
        assertThat(told).hasSameSizeAs(read);
        for (int i = 0; i < read.size(); i++) {
            assertThat(told.get(i).destination()).isEqualTo(read.get(i).destination());
            assertThat(told.get(i).position()).isEqualTo(read.get(i).position());
            assertThat(told.get(i).content().body())
                    .isEqualTo(read.get(i).content().body());
            assertThat(told.get(i).content().contentType())
                    .isEqualTo(read.get(i).content().contentType());
            assertThat(told.get(i).content().headers())
                    .isEqualTo(read.get(i).content().headers());
        }
    }

    private boolean wasToldOf(long offset) {
        return told.stream().anyMatch(message -> message.position().offset() == offset);
    }

    private boolean isRefused(CompletionStage<StreamPosition> append) {
        try {
            get(append);
            return false;
        } catch (Refusal refusal) {
            return refusal.fault().equals(conflict());
        }
    }

    private CompletionStage<StreamPosition> append(String text) {
        return append(log, destination, AUTHOR, null, text);
    }

    private CompletionStage<StreamPosition> append(String clientMessageId, String text) {
        return append(log, destination, AUTHOR, clientMessageId, text);
    }

    private void appendAll(String... texts) {
        for (String text : texts) {
            get(append(text));
        }
    }

    private List<String> texts(List<StoredMessage> messages) {
        return messages.stream().map(this::textOf).toList();
    }

    private static List<Long> offsets(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Lets threads append at the same moment and returns all the positions that they got. */
    private static List<StreamPosition> concurrently(int threads, Appends appends) {
        CountDownLatch start = new CountDownLatch(threads);
        List<CompletableFuture<List<CompletionStage<StreamPosition>>>> running = IntStream.range(0, threads)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> {
                            start.countDown();
                            awaitQuietly(start);
                            return appends.of(thread);
                        },
                        Thread::startVirtualThread))
                .toList();
        return running.stream()
                .flatMap(run -> get(run).stream())
                .map(MessageLogContract::get)
                .toList();
    }

    private interface Appends {
        List<CompletionStage<StreamPosition>> of(int thread);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** Waits for a result; the stage's own runtime exceptions come through as they are. */
    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer from the log", e);
        }
    }
}
