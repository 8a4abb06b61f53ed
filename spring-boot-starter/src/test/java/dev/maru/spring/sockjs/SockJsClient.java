package dev.maru.spring.sockjs;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A SockJS client that speaks STOMP over one of the HTTP transports, and reads all the time.
 *
 * <p>Confined to one thread, but for the one of its own that reads.
 */
final class SockJsClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FOR_EVER = 0;

    /** How messages come. */
    enum Way {
        XHR("POST", "/xhr", "(?s)(.*?)\n"),
        XHR_STREAMING("POST", "/xhr_streaming", "(?s)(.*?)\n"),
        EVENTSOURCE("GET", "/eventsource", "(?s)\\s*data: (.*?)\r\n\r\n"),
        HTMLFILE("GET", "/htmlfile?c=cb", "(?s).*?<script>\np\\((.*?)\\);\n</script>\r\n"),
        JSONP("GET", "/jsonp?c=cb", "(?s)/\\*\\*/cb\\((.*?)\\);\r\n");

        private final String method;
        private final String path;
        private final Pattern frame;

        Way(String method, String path, String frame) {
            this.method = method;
            this.path = path;
            this.frame = Pattern.compile(frame);
        }

        boolean streaming() {
            return this != XHR && this != JSONP;
        }

        private String unwrapped(String frame) {
            return switch (this) {
                case XHR, XHR_STREAMING -> frame;
                case EVENTSOURCE -> frame.replace("%25", "%");
                case HTMLFILE, JSONP -> JSON.readValue(frame, String.class);
            };
        }
    }

    private final SockJsServer server;
    private final Way way;
    private final String session = "/ws/000/" + UUID.randomUUID();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Thread reader;

    /** Opens a session and connects. */
    SockJsClient(SockJsServer server, Way way) throws Exception {
        this.server = server;
        this.way = way;
        this.reader = Thread.startVirtualThread(this::read);
        if (!message().equals("open")) {
            throw new AssertionError("no session");
        }
        sendByXhr("CONNECT\naccept-version:1.2\nhost:maru\n\n\0");
        message();
    }

    /** The next STOMP frame. */
    String message() throws InterruptedException {
        String message = messages.poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came by " + way);
        }
        return message;
    }

    void sendByXhr(String frame) throws IOException {
        post("/xhr_send", array(frame), "text/plain");
    }

    void sendByForm(String frame) throws IOException {
        String form = "d=" + URLEncoder.encode(array(frame), StandardCharsets.UTF_8);
        post("/jsonp_send", form, "application/x-www-form-urlencoded");
    }

    @Override
    public void close() throws InterruptedException {
        reader.interrupt();
        reader.join();
    }

    private static String array(String frame) {
        return JSON.writeValueAsString(new String[] {frame});
    }

    private void post(String path, String body, String type) throws IOException {
        try (HttpSocket socket = server.connect()) {
            HttpSocket.Response answer = socket.request("POST", session + path, body, "Content-Type: " + type);
            if (answer.status() >= 300) {
                throw new AssertionError(answer.status() + " " + answer.body());
            }
        }
    }

    /** One request after the other, until interrupted: a virtual thread's sockets notice that. */
    private void read() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try (HttpSocket socket = server.connect()) {
                    socket.socket().setSoTimeout(FOR_EVER);
                    receive(socket.send(way.method, session + way.path, ""));
                }
            }
        } catch (IOException | RuntimeException e) {
            messages.add("ended: " + e);
        }
    }

    private void receive(HttpSocket socket) throws IOException {
        if (!way.streaming()) {
            take(socket.response(true).body());
            return;
        }
        socket.head();
        String rest = "";
        for (String chunk = socket.chunk(); !chunk.isEmpty(); chunk = socket.chunk()) {
            rest = take(rest + chunk);
        }
    }

    /** Takes the whole frames, and returns the beginning of the next one. */
    private String take(String text) {
        Matcher frames = way.frame.matcher(text);
        int end = 0;
        while (frames.find(end) && frames.start() == end) {
            take(way.unwrapped(frames.group(1)).strip(), messages);
            end = frames.end();
        }
        return text.substring(end);
    }

    private static void take(String frame, BlockingQueue<String> to) {
        if (frame.equals("o")) {
            to.add("open");
        } else if (frame.startsWith("a")) {
            for (@Nullable JsonNode message : JSON.readTree(frame.substring(1))) {
                to.add(message.asString());
            }
        } else if (frame.startsWith("c")) {
            to.add(frame);
        }
    }
}
