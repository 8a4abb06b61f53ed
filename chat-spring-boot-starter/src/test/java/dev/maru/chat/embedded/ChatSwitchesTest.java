package dev.maru.chat.embedded;

import static dev.maru.chat.embedded.Host.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.chat.member.Members;
import dev.maru.chat.message.Author;
import dev.maru.chat.room.NewRoom;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

final class ChatSwitchesTest {

    @TempDir
    private Path folder;

    /** An application with users and without opinions. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class PlainApplication {

        @Bean
        HandshakePolicy logIn() {
            return handshake -> {
                String name = handshake.headers().get(HostApplication.USER);
                SessionUser user = name == null ? null : new SessionUser(name, false);
                return CompletableFuture.completedStage(new HandshakeDecision.Accept(user));
            };
        }
    }

    @Test
    void isNotThereWhenItIsSwitchedOff() {
        try (Host host = Host.start(folder, PlainApplication.class, "maru.chat.enabled=false")) {
            assertThat(host.has(Rooms.class)).isFalse();
            assertThat(host.get("jane", "/api/rooms").statusCode()).isEqualTo(404);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void servesWithoutHttp() {
        try (Host host = Host.start(folder, PlainApplication.class, "maru.chat.http.enabled=false");
                StompTestClient jane = host.client("jane")) {
            assertThat(host.get("jane", "/api/rooms").statusCode()).isEqualTo(404);
            jane.subscribed("room", "/topic/public");
            jane.send("/app/chat/sendMessage", "{\"message\":\"hi\"}");
            assertThat(jane.awaitMessage("room").text()).contains("hi");
        }
    }

    @Test
    void servesWithoutStompAndUnderAnotherPath() {
        try (Host host = Host.start(
                        folder,
                        PlainApplication.class,
                        "maru.chat.stomp.enabled=false",
                        "maru.chat.http.path=/shop/chat");
                StompTestClient jane = host.client("jane")) {
            assertThat(host.get("jane", "/api/rooms").statusCode()).isEqualTo(404);
            assertThat(host.post("jane", "/shop/chat/rooms/lobby/messages", "{\"message\":\"hi\",\"sender\":\"J\"}")
                            .statusCode())
                    .isEqualTo(201);
            jane.send("/app/chat/sendMessage", "{\"message\":\"nobody hears this\"}");
            assertThat(host.get("jane", "/shop/chat/rooms/lobby/messages").body())
                    .contains("hi")
                    .doesNotContain("nobody hears");
        }
    }

    @Test
    void guestsStayOutsideWhereTheyAreNotWanted() {
        try (Host host = Host.start(folder, PlainApplication.class, "maru.chat.guests=false");
                StompTestClient guest = host.guest()) {
            guest.send("/app/chat/sendMessage", "{\"message\":\"hi\",\"sender\":\"Guest\"}");
            assertThat(guest.await(StompCommand.ERROR).headers().get("message")).isEqualTo("not-authenticated");
        }
    }

    @Test
    void onlyMembersComeIn() {
        try (Host host = Host.start(folder, PlainApplication.class, "maru.chat.members-only=true");
                StompTestClient jane = host.client("jane")) {
            jane.subscribed("errors", "/user/queue/errors");
            await(host.bean(Rooms.class).create(new NewRoom("club", "Club", "system")));
            jane.subscribe("early", "/topic/public/club", "receipt", "early");
            assertThat(told(jane, "early").headers().get("message")).isEqualTo("forbidden");

            Author member = new Author("user:jane", "Jane");
            assertThat(await(host.bean(Members.class).add("club", member))).isTrue();
            assertThat(await(host.bean(Members.class).add("club", member))).isFalse();
            jane.subscribed("room", "/topic/public/club");
            jane.sendAndAwaitReceipt("/app/chat/sendMessage", "{\"roomId\":\"club\",\"message\":\"hello\"}");
            jane.awaitMessage("room");

            await(host.bean(Members.class).remove("club", "user:jane"));
            jane.await(frame -> frame.text().contains("subscription-ended"));
            jane.send("/app/chat/sendMessage", "{\"roomId\":\"club\",\"message\":\"still?\"}", "receipt", "late");
            assertThat(told(jane, "late").headers().get("message")).isEqualTo("forbidden");
        }
    }

    private static ReceivedFrame told(StompTestClient client, String receipt) {
        return client.await(frame -> frame.command() == StompCommand.MESSAGE
                && receipt.equals(frame.headers().get("receipt-id")));
    }
}
