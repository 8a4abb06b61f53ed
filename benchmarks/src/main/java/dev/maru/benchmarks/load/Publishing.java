package dev.maru.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends the messages: by a rate, each at the moment that the rate gives it whatever the server does; or by a window, the
 * next one of a room as soon as one of its messages is delivered. Without either it is silent.
 *
 * <p>It warms the server up by a window even where the rate decides: at a low rate the compilers of a JVM would work
 * through the whole run, and be taken for what deliveries cost.
 *
 * <p>Confined to the generator's event loop.
 */
final class Publishing {
    private final Options options;
    private final List<Room> rooms;
    private final EventLoop loop;
    private long number;
    private long startNanos;
    private long sent;
    private long turn;
    private int window;
    private boolean stopped;

    Publishing(Options options, List<Room> rooms, EventLoop loop) {
        this.options = options;
        this.rooms = rooms;
        this.loop = loop;
    }

    /** Keeps the server busy with the options' messages, however many it bears. */
    void warmUp() {
        keepUnderWay(Math.max(1, options.window()));
    }

    /** No room sends another message; what is under way may still arrive. */
    void pause() {
        window = 0;
    }

    void start() {
        startNanos = System.nanoTime();
        if (options.rate() > 0) {
            sendWhatIsDue();
        }
        keepUnderWay(options.window());
    }

    void stop() {
        pause();
        stopped = true;
    }

    /** A message has reached all: with a window its room sends the next. */
    void completed(Room.Message message) {
        if (window > 0) {
            Room room = message.sender.room;
            publish(room, options.everybodySends() ? sender(room, ++turn) : message.sender, System.nanoTime());
        }
    }

    private void keepUnderWay(int messages) {
        window = messages;
        for (Room room : rooms) {
            for (int i = 0; i < messages; i++) {
                publish(room, sender(room, i), System.nanoTime());
            }
        }
    }

    private void sendWhatIsDue() {
        double gap = 1e9 / options.rate();
        long due = startNanos + (long) (sent * gap);
        while (due <= System.nanoTime()) {
            Room room = rooms.get((int) (sent % rooms.size()));
            publish(room, sender(room, sent / rooms.size()), due);
            due = startNanos + (long) (++sent * gap);
        }
        if (!stopped) {
            var _ = loop.schedule(this::sendWhatIsDue, due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private Member sender(Room room, long turn) {
        return room.members.get(options.everybodySends() ? (int) (turn % room.members.size()) : 0);
    }

    private void publish(Room room, Member sender, long intended) {
        Payload payload = Payload.of(++number, options.size());
        room.published(new Room.Message(payload, intended, sender, room.members.size()));
        sender.send(options.wire().publish(room.number, payload.text()));
    }
}
