package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.Reader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ServerEndpointsTest {
    private static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();
    private static ConfigurableApplicationContext application;
    private static int port;

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(new String[0], Endpoints.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void callsTheAnnotatedMethodsInOrderWithAnInstanceForEachClient() throws Exception {
        try (RawClient jane = RawClient.at(port, "/chat/tea/%EC%A0%9C%EC%9D%B8?x=1");
                RawClient minsu = RawClient.at(port, "/chat/tea/minsu")) {
            assertThat(jane.next()).isEqualTo("welcome 제인 to tea, x=1");
            assertThat(minsu.next()).isEqualTo("welcome minsu to tea, null");
            minsu.send("hello");
            assertThat(jane.next()).isEqualTo("minsu: hello (1)");
            assertThat(minsu.next()).isEqualTo("minsu: hello (1)");
            jane.send("hi");
            assertThat(minsu.next()).isEqualTo("제인: hi (1)");
            assertThat(jane.next()).isEqualTo("제인: hi (1)");
            assertThat(jane.send(new byte[] {1, 2, 3}).next()).isEqualTo("3 bytes");

            assertThat(jane.send("fail").next()).isEqualTo("failed: on purpose");
            assertThat(jane.send("bye").next()).isEqualTo("closed 4001 see you");
            assertThat(event()).isEqualTo("제인 closed 4001 see you");
            minsu.end(1000, "");
            assertThat(event()).isEqualTo("minsu closed 1000 ");
        }
    }

    @Test
    void saysAtTheStartWhatItCannotCall() {
        assertThatThrownBy(() -> RunningTutorial.start(new String[0], Streams.class))
                .rootCause()
                .hasMessageContaining("Maru does not support the parameter")
                .hasMessageContaining("java.io.Reader");
    }

    private static String event() throws InterruptedException {
        String event = EVENTS.poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruWebSocket
    static class Endpoints {

        @Bean
        Chat chat(Greeter greeter) {
            return new Chat(greeter);
        }

        @Bean
        Greeter greeter() {
            return new Greeter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruWebSocket
    static class Streams {

        @Bean
        ByReader byReader() {
            return new ByReader();
        }
    }

    static final class Greeter {
        String greet(String name, String room) {
            return "welcome " + name + " to " + room;
        }
    }

    @ServerEndpoint("/chat/{room}/{name}")
    public static class Chat {
        private final Greeter greeter;
        private int said;

        Chat(Greeter greeter) {
            this.greeter = greeter;
        }

        @OnOpen
        public void onOpen(Session session, @PathParam("room") String room, @PathParam("name") String name)
                throws IOException {
            session.getUserProperties().put("name", name);
            session.getBasicRemote().sendText(greeter.greet(name, room) + ", " + session.getQueryString());
        }

        @OnMessage
        public void onMessage(Session session, String message) throws IOException {
            if (message.equals("fail")) {
                throw new IllegalStateException("on purpose");
            }
            if (message.equals("bye")) {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(4001), "see you"));
                return;
            }
            said++;
            for (Session other : session.getOpenSessions()) {
                other.getAsyncRemote()
                        .sendText(session.getUserProperties().get("name") + ": " + message + " (" + said + ")");
            }
        }

        @OnMessage
        public String onBytes(byte[] bytes) {
            return bytes.length + " bytes";
        }

        @OnError
        public void onError(Session session, Throwable error) {
            session.getAsyncRemote().sendText("failed: " + error.getMessage());
        }

        @OnClose
        public void onClose(Session session, CloseReason reason) {
            EVENTS.add(session.getUserProperties().get("name") + " closed "
                    + reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
        }
    }

    @ServerEndpoint("/reader")
    public static class ByReader {

        @OnMessage
        public void onMessage(Reader reader) {}
    }
}
