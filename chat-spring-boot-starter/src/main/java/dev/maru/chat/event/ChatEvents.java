package dev.maru.chat.event;

import dev.maru.chat.member.Member;
import dev.maru.chat.member.MembershipListener;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.moderation.HeldListener;
import dev.maru.chat.moderation.HeldMessage;
import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomListener;
import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresentPerson;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events over from the threads of the chat to those who listen, one after the other on a thread of its own, so that
 * no listener can hold up the chat. The overflow policy is to drop the newest, which is counted and logged.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 */
public final class ChatEvents
        implements RoomListener, MembershipListener, HeldListener, PresenceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChatEvents.class);
    private static final long CLOSE_SECONDS = 5;

    private final Consumer<ChatEvent> audience;
    private final ThreadPoolExecutor thread;
    private final AtomicLong dropped = new AtomicLong();

    /**
     * @param waiting the most events that wait
     * @param audience is told of each event; may block, and what it throws is logged
     */
    public ChatEvents(int waiting, Consumer<ChatEvent> audience) {
        this.audience = audience;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name("maru-chat-events").factory(),
                (event, executor) -> drop(executor));
    }

    /** Hands an event over. */
    public void publish(ChatEvent event) {
        thread.execute(() -> tell(event));
    }

    /** How many events nobody was told of because too many waited. */
    public long dropped() {
        return dropped.get();
    }

    public void onMessage(ChatMessage message) {
        publish(new ChatEvent.MessageStored(message));
    }

    @Override
    public void onCreated(Room room) {
        publish(new ChatEvent.RoomCreated(room));
    }

    /** Its messages tell of that. */
    @Override
    public void onChanged(Room room) {}

    @Override
    public void onRenamed(Room room, String formerName) {
        publish(new ChatEvent.RoomRenamed(room, formerName));
    }

    @Override
    public void onDeleted(Room room) {
        publish(new ChatEvent.RoomDeleted(room));
    }

    @Override
    public void onAdded(Member member) {
        publish(new ChatEvent.MemberAdded(member));
    }

    @Override
    public void onRemoved(Member member) {
        publish(new ChatEvent.MemberRemoved(member));
    }

    @Override
    public void onHeld(HeldMessage held) {
        publish(new ChatEvent.MessageHeld(held));
    }

    @Override
    public void onReleased(HeldMessage held, ChatMessage message) {
        publish(new ChatEvent.MessageReleased(held, message));
    }

    @Override
    public void onDiscarded(HeldMessage held) {
        publish(new ChatEvent.MessageDiscarded(held));
    }

    @Override
    public void onJoined(PresentPerson person, long version) {
        publish(new ChatEvent.PersonJoined(person.place(), person.person()));
    }

    @Override
    public void onLeft(PresentPerson person, long version) {
        publish(new ChatEvent.PersonLeft(person.place(), person.person()));
    }

    /** Tells what waits, for a few seconds at most. Idempotent. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(ChatEvent event) {
        try {
            audience.accept(event);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {}", event.getClass().getSimpleName(), e);
        }
    }

    /** Says so for the first of many, and for every thousandth. */
    private void drop(ThreadPoolExecutor executor) {
        if (!executor.isShutdown() && dropped.getAndIncrement() % 1_000 == 0) {
            LOG.warn("Listeners are too slow: {} events of the chat were dropped so far", dropped.get());
        }
    }
}
