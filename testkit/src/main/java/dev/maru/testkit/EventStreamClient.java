package dev.maru.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reader of server-sent events that does what a test tells it: it does not come back by itself.
 *
 * <p>What awaits gives up with an {@link AssertionError}. Safe for any thread.
 */
public final class EventStreamClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<ReceivedEvent> events = new LinkedBlockingQueue<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final EventParser parser = new EventParser(events::add, comments::incrementAndGet);
    private final CountDownLatch ended = new CountDownLatch(1);

    private EventStreamClient(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        this.response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        Thread.ofVirtual().start(this::read);
    }

    /** Opens a stream; returns when the head of the response is there, whatever its status. */
    public static EventStreamClient open(URI uri, String... headers) {
        try {
            return new EventStreamClient(uri, headers);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The status and the headers of the response. */
    public HttpResponse<InputStream> response() {
        return response;
    }

    /** Awaits the next event. */
    public ReceivedEvent next() {
        try {
            ReceivedEvent event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("no event within " + PATIENCE + "; the last id is " + lastEventId());
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** How many events wait to be taken by {@link #next}. */
    public int waiting() {
        return events.size();
    }

    /** How many comments have come; heart-beats are among them. */
    public int comments() {
        return comments.get();
    }

    /** The last id that came, with an event or without. */
    public String lastEventId() {
        return parser.lastEventId();
    }

    /** Awaits the end of the stream, whoever ends it. */
    public void awaitEnd() {
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the stream goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Cuts the connection. Idempotent. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private void read() {
        byte[] chunk = new byte[16 * 1024];
        try (InputStream in = response.body()) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                parser.read(chunk, length);
            }
        } catch (IOException e) {
            // A stream that breaks off has ended, which is all there is to know.
        } finally {
            ended.countDown();
        }
    }
}
