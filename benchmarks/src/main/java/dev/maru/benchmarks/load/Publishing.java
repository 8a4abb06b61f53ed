package dev.maru.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends the messages: by a rate, each at the moment that the rate gives it whatever the server does; or by a window, the
 * next one of a room as soon as one of its messages is delivered. Without either it is silent.
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
    private boolean stopped;

    Publishing(Options options, List<Room> rooms, EventLoop loop) {
        this.options = options;
        this.rooms = rooms;
        this.loop = loop;
    }

    void start() {
        startNanos = System.nanoTime();
        if (options.rate() > 0) {
            sendWhatIsDue();
        }
        for (Room room : rooms) {
            for (int i = 0; i < options.window(); i++) {
                publish(room, sender(room, i), System.nanoTime());
            }
        }
    }

    void stop() {
        stopped = true;
    }

    /** A message has reached all: with a window its sender sends the next. */
    void completed(Room.Message message) {
        if (options.window() > 0 && !stopped) {
            publish(message.sender.room, message.sender, System.nanoTime());
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
