package dev.maru.server.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Does to a server what people do all day: they come, read, say something, hear what the others say, lose the connection
 * and come back.
 *
 * <p>Immutable; blocks.
 *
 * @param server its address
 */
record Rehearsal(URI server) {
    private static final int PEOPLE = 40;
    private static final int ROOMS = 4;
    private static final int FEW = 400;
    private static final int PATIENCE_SECONDS = 60;

    /**
     * Keeps the server busy for so long, and longer where it is so slow that it has not stored a few hundred messages by
     * then; returns how many it has.
     */
    long run(Duration time) throws InterruptedException {
        AtomicLong receipts = new AtomicLong();
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<Rehearsing> people = IntStream.range(0, PEOPLE)
                    .mapToObj(i -> new Rehearsing(http, server, "person-" + i, "room-" + i % ROOMS, receipts))
                    .toList();
            people.forEach(Rehearsing::come);
            Thread.sleep(time);
            for (int i = 0; receipts.get() < FEW && i < PATIENCE_SECONDS; i++) {
                Thread.sleep(Duration.ofSeconds(1));
            }
            people.forEach(Rehearsing::leave);
            http.shutdownNow();
        }
        return receipts.get();
    }
}
