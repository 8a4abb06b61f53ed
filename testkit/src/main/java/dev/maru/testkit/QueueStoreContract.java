package dev.maru.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.fault.DeliveryFault;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueDepth;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import dev.maru.stomp.StompHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link QueueStore} must do. A subclass opens its store empty, with these limits, and closes it in an
 * {@code @AfterEach} of its own.
 *
 * <p>Each test has its own instance and runs on one thread.
 */
public abstract class QueueStoreContract {
    /** Small enough to be reached. */
    protected static final QueueLimits LIMITS = new QueueLimits(100, 20_000, 3);

    private static final long PATIENCE_SECONDS = 30;
    private static final String ORDERS = "/queue/orders";
    private static final String DEAD = "/queue/dead-letter";

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private QueueStore store;

    /** A store in which nothing waits. */
    protected abstract QueueStore openEmpty(QueueLimits limits);

    @BeforeEach
    final void openStore() {
        store = openEmpty(LIMITS);
        store.onWaiting(told::add);
    }

    @Test
    void startsWithNothing() {
        assertThat(lease(10)).isEmpty();
        assertThat(depth(ORDERS)).isEqualTo(QueueDepth.EMPTY);
    }

    @Test
    void leasesWhatWasPutInItsOrder() {
        put("a", "b", "c");

        assertThat(texts(lease(2))).containsExactly("a", "b");
        assertThat(texts(lease(2))).containsExactly("c");
    }

    @Test
    void givesBackEverythingThatAMessageCarries() {
        MessageContent content = new MessageContent(
                new byte[] {0, -1, 10}, "application/x", StompHeaders.of("이름", "값\n:\\", "twice", "1", "twice", "2"));
        get(store.apply(List.of(new QueueChange.Put(ORDERS, content))));

        QueuedMessage message = lease(1).getFirst();
        assertThat(message.content().body()).isEqualTo(content.body());
        assertThat(message.content().contentType()).isEqualTo("application/x");
        assertThat(message.content().headers()).isEqualTo(content.headers());
        assertThat(message.origin()).isNull();
        assertThat(message.lease().queue()).isEqualTo(ORDERS);
        assertThat(message.lease().attempt()).isEqualTo(1);
    }

    @Test
    void keepsAMessageWithoutBodyAndType() {
        get(store.apply(List.of(new QueueChange.Put(ORDERS, MessageContent.bytes(new byte[0])))));

        MessageContent content = lease(1).getFirst().content();
        assertThat(content.body()).isEmpty();
        assertThat(content.contentType()).isNull();
        assertThat(content.headers().size()).isZero();
    }

    @Test
    void leasesAMessageToOneAtATime() {
        put("a");

        assertThat(lease(10)).hasSize(1);
        assertThat(lease(10)).isEmpty();
    }

    @Test
    void keepsQueuesApart() {
        put("a");

        assertThat(get(store.lease("/queue/others", 10))).isEmpty();
    }

    @Test
    void forgetsWhatWasAcknowledged() {
        put("a");
        apply(new QueueChange.Acknowledge(lease(1).getFirst().lease()));

        assertThat(lease(1)).isEmpty();
        assertThat(depth(ORDERS)).isEqualTo(QueueDepth.EMPTY);
    }

    @Test
    void putsWhatWasReleasedBackWhereItStood() {
        put("a", "b");
        QueueLease a = lease(1).getFirst().lease();
        apply(new QueueChange.Release(a, true));

        List<QueuedMessage> again = lease(2);
        assertThat(texts(again)).containsExactly("a", "b");
        assertThat(again.getFirst().lease()).isEqualTo(new QueueLease(ORDERS, a.id(), 2));
        assertThat(again.getLast().lease().attempt()).isEqualTo(1);
    }

    @Test
    void doesNotCountAnAttemptThatNobodySaw() {
        put("a");
        apply(new QueueChange.Release(lease(1).getFirst().lease(), false));

        assertThat(lease(1).getFirst().lease().attempt()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsHeldFromEverybodyUntilItIsReleased() {
        List<QueueLease> held = get(store.apply(List.of(
                new QueueChange.Hold(ORDERS, content("a")),
                new QueueChange.Put(ORDERS, content("b")),
                new QueueChange.Hold(ORDERS, content("c")))));

        assertThat(texts(lease(10))).containsExactly("b");
        assertThat(held).hasSize(2);
        assertThat(depth(ORDERS).messages()).isEqualTo(3);
        told.clear();
        apply(new QueueChange.Release(held.getFirst(), false));
        assertThat(told).containsExactly(ORDERS);
        QueuedMessage released = lease(10).getFirst();
        assertThat(released.lease())
                .isEqualTo(new QueueLease(ORDERS, held.getFirst().id(), 1));
        assertThat(texts(List.of(released))).containsExactly("a");
    }

    @Test
    void hasTheSameLimitsForWhatIsHeld() {
        List<QueueChange> tooMany = Collections.nCopies(101, new QueueChange.Hold(ORDERS, content("x")));

        assertThatThrownBy(() -> get(store.apply(tooMany))).isInstanceOf(Refusal.class);
        assertThat(depth(ORDERS)).isEqualTo(QueueDepth.EMPTY);
    }

    @Test
    void changesNothingForALeaseThatDoesNotStandAnyMore() {
        put("a");
        QueueLease first = lease(1).getFirst().lease();
        apply(new QueueChange.Release(first, true));
        QueueLease second = lease(1).getFirst().lease();

        apply(
                new QueueChange.Acknowledge(first),
                new QueueChange.Release(first, true),
                new QueueChange.Bury(first, DEAD));

        assertThat(lease(1)).isEmpty();
        assertThat(depth(DEAD)).isEqualTo(QueueDepth.EMPTY);
        apply(new QueueChange.Acknowledge(second));
        assertThat(depth(ORDERS)).isEqualTo(QueueDepth.EMPTY);
    }

    @Test
    void buriesAMessageInAnotherQueueAndKeepsWhereItWas() {
        put("a");
        apply(new QueueChange.Bury(lease(1).getFirst().lease(), DEAD));

        assertThat(depth(ORDERS)).isEqualTo(QueueDepth.EMPTY);
        QueuedMessage dead = get(store.lease(DEAD, 10)).getFirst();
        assertThat(text(dead)).isEqualTo("a");
        assertThat(dead.origin()).isEqualTo(ORDERS);
        assertThat(dead.lease().attempt()).isEqualTo(1);
    }

    @Test
    void keepsADeadLetterWhereItWasIfTheOtherQueueIsFull() {
        put("a");
        QueueLease lease = lease(1).getFirst().lease();
        for (int i = 0; i < LIMITS.messages(); i++) {
            put(DEAD, "x");
        }
        apply(new QueueChange.Bury(lease, DEAD));

        assertThat(depth(DEAD).messages()).isEqualTo(LIMITS.messages());
        assertThat(lease(1).getFirst().lease()).isEqualTo(new QueueLease(ORDERS, lease.id(), 2));
    }

    @Test
    void countsWhatWaitsInAQueue() {
        put("a", "b");
        lease(1);

        QueueDepth depth = depth(ORDERS);
        assertThat(depth.messages()).isEqualTo(2);
        assertThat(depth.bytes()).isEqualTo(2 * QueueLimits.size(content("a")));
    }

    @Test
    void refusesMoreMessagesThanAQueueMayHave() {
        for (int i = 0; i < LIMITS.messages(); i++) {
            put("x");
        }

        assertRefused(DeliveryFault.QUEUE_FULL, () -> put("one too many"));
        apply(new QueueChange.Acknowledge(lease(1).getFirst().lease()));
        put("now there is room");
    }

    @Test
    void refusesMoreBytesThanAQueueMayHave() {
        put("x".repeat(15_000));

        assertRefused(DeliveryFault.QUEUE_FULL, () -> put("x".repeat(6_000)));
        put("x".repeat(3_000));
    }

    @Test
    void refusesMoreQueuesThanThereMayBe() {
        for (int i = 0; i < LIMITS.queues(); i++) {
            put("/queue/" + i, "x");
        }

        assertRefused(DeliveryFault.TOO_MANY_QUEUES, () -> put("/queue/another", "x"));
        put("/queue/0", "a queue that is there takes more");
        apply(new QueueChange.Acknowledge(
                get(store.lease("/queue/1", 1)).getFirst().lease()));
        put("/queue/another", "an empty queue counts no more");
    }

    @Test
    void doesAllChangesOrNone() {
        put("a");
        QueueLease lease = lease(1).getFirst().lease();
        List<QueueChange> tooMuch = List.of(
                new QueueChange.Acknowledge(lease),
                new QueueChange.Put("/queue/others", content("b")),
                new QueueChange.Put("/queue/others", content("x".repeat(30_000))));

        assertRefused(DeliveryFault.QUEUE_FULL, () -> get(store.apply(tooMuch)));

        assertThat(depth("/queue/others")).isEqualTo(QueueDepth.EMPTY);
        apply(new QueueChange.Release(lease, true));
        assertThat(texts(lease(1))).containsExactly("a");
    }

    @Test
    void tellsWhichQueueHasSomethingToLease() {
        put("a");
        assertThat(told).containsExactly(ORDERS);
        QueueLease first = lease(1).getFirst().lease();
        apply(new QueueChange.Release(first, true));
        assertThat(told).containsExactly(ORDERS, ORDERS);
        apply(new QueueChange.Bury(lease(1).getFirst().lease(), DEAD));
        assertThat(told).containsExactly(ORDERS, ORDERS, DEAD);
        apply(new QueueChange.Acknowledge(get(store.lease(DEAD, 1)).getFirst().lease()));
        assertThat(told).hasSize(3);
    }

    @Test
    void leasesEachMessageOnceToManyThreads() throws InterruptedException {
        for (int i = 0; i < LIMITS.messages(); i++) {
            put("" + i);
        }
        ConcurrentLinkedQueue<Long> leased = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (List<QueuedMessage> page = lease(7); !page.isEmpty(); page = lease(7)) {
                        page.forEach(message -> leased.add(message.lease().id()));
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }

        assertThat(leased).hasSize((int) LIMITS.messages()).doesNotHaveDuplicates();
    }

    /** The store under test, for what a subclass adds. */
    protected final QueueStore store() {
        return store;
    }

    /** Puts texts into the queue that most tests use. */
    protected final void put(String... texts) {
        if (texts.length == 2 && texts[0].startsWith("/")) {
            get(store.apply(List.of(new QueueChange.Put(texts[0], content(texts[1])))));
        } else {
            get(store.apply(Arrays.stream(texts)
                    .<QueueChange>map(text -> new QueueChange.Put(ORDERS, content(text)))
                    .toList()));
        }
    }

    /** Leases from the queue that most tests use. */
    protected final List<QueuedMessage> lease(int limit) {
        return get(store.lease(ORDERS, limit));
    }

    /** The bodies as texts. */
    protected static List<String> texts(List<QueuedMessage> messages) {
        return messages.stream().map(QueueStoreContract::text).toList();
    }

    private void apply(QueueChange... changes) {
        get(store.apply(List.of(changes)));
    }

    private QueueDepth depth(String queue) {
        return get(store.depth(queue));
    }

    private static String text(QueuedMessage message) {
        return new String(message.content().body(), StandardCharsets.UTF_8);
    }

    /** A message with this text. */
    protected static MessageContent content(String text) {
        return MessageContent.bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Fault fault, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    /** What the stage completes with, soon. */
    protected static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError("the stage failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the stage did not complete", e);
        }
    }
}
