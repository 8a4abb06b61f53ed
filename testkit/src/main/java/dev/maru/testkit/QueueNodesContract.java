package dev.maru.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link QueueStore} must do, and what those must do beyond it that several nodes share. A subclass closes
 * all that it opened in an {@code @AfterEach} of its own.
 *
 * <p>Each test has its own instance and runs on one thread.
 */
public abstract class QueueNodesContract extends QueueStoreContract {
    private static final long PATIENCE_SECONDS = 30;
    private static final String ORDERS = "/queue/orders";
    private static final String OTHERS = "/queue/others";

    private final ConcurrentLinkedQueue<String> toldElsewhere = new ConcurrentLinkedQueue<>();
    private QueueStore elsewhere;

    /** Another node's store of the same messages. */
    protected abstract QueueStore openAnother(QueueLimits limits);

    /** The node of this store is lost from one moment to the next, and the others may know it at once. */
    protected abstract void lose(QueueStore store);

    @BeforeEach
    final void openOnAnotherNode() {
        elsewhere = openAnother(LIMITS);
        elsewhere.onWaiting(toldElsewhere::add);
    }

    @Test
    void leasesOnOneNodeWhatWasPutOnAnother() {
        put("a", "b");

        assertThat(texts(get(elsewhere.lease(ORDERS, 10)))).containsExactly("a", "b");
        assertThat(lease(10)).isEmpty();
    }

    @Test
    void tellsAllNodesThatSomethingWaits() {
        put("a");

        await(() -> assertThat(toldElsewhere).contains(ORDERS));
    }

    @Test
    void leasesEachMessageOnceToManyThreadsOfTwoNodes() throws InterruptedException {
        for (int i = 0; i < LIMITS.messages(); i++) {
            put("" + i);
        }
        ConcurrentLinkedQueue<Long> leased = new ConcurrentLinkedQueue<>();
        inParallel(4, thread -> {
            QueueStore mine = thread % 2 == 0 ? store() : elsewhere;
            for (List<QueuedMessage> page = get(mine.lease(ORDERS, 3));
                    !page.isEmpty();
                    page = get(mine.lease(ORDERS, 3))) {
                assertThat(ids(page)).isSorted();
                leased.addAll(ids(page));
            }
        });
        leased.addAll(ids(lease(100)));

        assertThat(leased).hasSize((int) LIMITS.messages()).doesNotHaveDuplicates();
    }

    @Test
    void fillsAQueueToItsLimitFromTwoNodesAndNotBeyond() throws InterruptedException {
        inParallel(
                2,
                thread -> outcomes(IntStream.range(0, 80)
                        .mapToObj(i -> putting(thread == 0 ? store() : elsewhere, ORDERS, "" + i))));

        assertThat(get(store().depth(ORDERS)).messages()).isEqualTo(LIMITS.messages());
        assertThat(get(elsewhere.lease(ORDERS, 200))).hasSize((int) LIMITS.messages());
    }

    @Test
    void makesAsManyQueuesFromTwoNodesAsThereMayBeAndNoMore() throws InterruptedException {
        ConcurrentLinkedQueue<Boolean> made = new ConcurrentLinkedQueue<>();
        inParallel(
                2,
                thread -> made.addAll(outcomes(IntStream.range(0, 10)
                        .mapToObj(
                                i -> putting(thread == 0 ? store() : elsewhere, "/queue/" + thread + "/" + i, "x")))));

        assertThat(made).hasSize(20);
        assertThat(made.stream().filter(done -> done)).hasSize(LIMITS.queues());
    }

    @Test
    void countsRightlyWhateverTwoNodesDoAtOnce() throws InterruptedException {
        inParallel(2, thread -> {
            QueueStore mine = thread == 0 ? store() : elsewhere;
            String first = thread == 0 ? ORDERS : OTHERS;
            String second = thread == 0 ? OTHERS : ORDERS;
            for (int i = 0; i < 40; i++) {
                get(mine.apply(List.of(putInto(first, "x"), putInto(second, "x"))));
                List<QueuedMessage> leased = new ArrayList<>(get(mine.lease(second, 1)));
                leased.addAll(get(mine.lease(first, 1)));
                get(mine.apply(leased.stream()
                        .<QueueChange>map(message -> new QueueChange.Acknowledge(message.lease()))
                        .toList()));
            }
        });

        for (String queue : List.of(ORDERS, OTHERS)) {
            assertThat(get(store().lease(queue, 200)))
                    .hasSize((int) get(store().depth(queue)).messages());
        }
    }

    @Test
    void takesNothingFromALivingNodeWhenAnotherIsOpened() {
        put("a");
        QueueLease lease = lease(1).getFirst().lease();
        QueueStore third = openAnother(LIMITS);

        assertThat(get(third.lease(ORDERS, 1))).isEmpty();
        get(store().apply(List.of(new QueueChange.Acknowledge(lease))));
        assertThat(get(third.depth(ORDERS)).messages()).isZero();
    }

    @Test
    void givesBackWhatALostNodeHadLeasedAndKeepsTheCount() {
        put("a", "b");
        get(elsewhere.lease(ORDERS, 2));
        lose(elsewhere);

        List<QueuedMessage> again = awaitLease(10);
        assertThat(texts(again)).containsExactly("a", "b");
        assertThat(again).allMatch(message -> message.lease().attempt() == 2);
    }

    @Test
    void givesBackWhatALostNodeHadPutHeld() {
        get(elsewhere.apply(List.of(new QueueChange.Hold(ORDERS, content("a")))));
        lose(elsewhere);

        assertThat(texts(awaitLease(1))).containsExactly("a");
    }

    @Test
    void refusesToSettleTheLeaseOfAnotherNode() {
        put("a");
        QueueLease theirs = get(elsewhere.lease(ORDERS, 1)).getFirst().lease();

        get(store().apply(List.of(new QueueChange.Acknowledge(theirs), new QueueChange.Release(theirs, true))));

        assertThat(lease(1)).isEmpty();
        assertThat(get(store().depth(ORDERS)).messages()).isEqualTo(1);
    }

    /** Leases as many of the messages that came back as there are, which may take a moment. */
    private List<QueuedMessage> awaitLease(int messages) {
        return Awaitility.await()
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> lease(messages), leased -> !leased.isEmpty());
    }

    private static CompletionStage<Boolean> putting(QueueStore store, String queue, String text) {
        return store.apply(List.of(putInto(queue, text))).handle((_, error) -> {
            if (error != null) {
                assertThat(error).hasCauseInstanceOf(Refusal.class);
            }
            return error == null;
        });
    }

    private static QueueChange putInto(String queue, String text) {
        return new QueueChange.Put(queue, content(text));
    }

    private static Collection<Boolean> outcomes(Stream<CompletionStage<Boolean>> stages) {
        return stages.toList().stream().map(QueueStoreContract::get).toList();
    }

    private static List<Long> ids(List<QueuedMessage> messages) {
        return messages.stream().map(message -> message.lease().id()).toList();
    }

    private static void await(Runnable assertion) {
        Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).untilAsserted(assertion::run);
    }

    private static void inParallel(int threads, IntConsumer action) throws InterruptedException {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                int thread = i;
                pool.execute(() -> {
                    try {
                        action.accept(thread);
                    } catch (RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                });
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(failures).isEmpty();
    }
}
