package dev.maru.chat.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ChatEventsTest {

    @Test
    void tellsInOrderAndSurvivesAListenerThatFails() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ChatEvents events = new ChatEvents(100, event -> {
            told.add(((ChatEvent.PersonJoined) event).person());
            throw new IllegalStateException("a listener that fails");
        })) {
            for (int i = 0; i < 50; i++) {
                events.publish(new ChatEvent.PersonJoined("lobby", "p" + i));
            }
            await().until(() -> told.size() == 50);
        }
        assertThat(told).startsWith("p0", "p1").endsWith("p49");
    }

    @Test
    void dropsWhatNobodyTakesInTimeAndHoldsNobodyUp() {
        CountDownLatch free = new CountDownLatch(1);
        List<ChatEvent> told = new CopyOnWriteArrayList<>();
        try (ChatEvents events = new ChatEvents(3, event -> {
            awaitUninterruptibly(free);
            told.add(event);
        })) {
            for (int i = 0; i < 10; i++) {
                events.publish(new ChatEvent.PersonLeft("lobby", "p" + i));
            }
            assertThat(events.dropped()).isBetween(6L, 7L);
            free.countDown();
        }
        assertThat(told).hasSizeBetween(3, 4);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
