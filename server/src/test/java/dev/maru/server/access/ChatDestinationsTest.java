package dev.maru.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.chat.ChatFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatDestinationsTest {
    private final ChatDestinations rules = new ChatDestinations(roomId -> CompletableFuture.completedStage(true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/public",
                "/topic/public/lobby",
                "/topic/rooms",
                "/topic/rooms/lobby",
                "/topic/presence/lobby",
                "/topic/typing/lobby",
                "/user/queue/errors"
            })
    void letsClientsSubscribeToTheChat(String destination) {
        assertThat(may(StompCommand.SUBSCRIBE, destination)).isTrue();
        assertThat(may(StompCommand.SEND, destination)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/chat/addUser",
                "/app/chat/sendMessage",
                "/app/chat/message",
                "/app/chat/message/lobby",
                "/app/chat/leave",
                "/app/chat/typing"
            })
    void letsClientsSendToTheChat(String destination) {
        assertThat(may(StompCommand.SEND, destination)).isTrue();
        assertThat(may(StompCommand.SUBSCRIBE, destination)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/**",
                "/topic/other",
                "/topic/public/a/b",
                "/topic/presence",
                "/queue/jobs",
                "/user/other/queue/errors",
                "/app/other",
                "topic/public",
                ""
            })
    void keepsEverythingElseClosed(String destination) {
        assertThat(may(StompCommand.SUBSCRIBE, destination)).isFalse();
        assertThat(may(StompCommand.SEND, destination)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/public/",
                "/topic/public/*",
                "/topic/public/**",
                "/topic/rooms/{any}",
                "/topic/presence/..",
                "/topic/typing/a b",
                "/topic/public/a\nb",
                "/topic/public/방",
                "/topic/public/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void refusesToSubscribeToWhatIsNoRoom(String destination) {
        assertThat(rules.authorize(null, StompCommand.SUBSCRIBE, destination, new StompHeaders()))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(ChatFault.INVALID_ROOM_ID));
    }

    private boolean may(StompCommand command, String destination) {
        return !rules.authorize(null, command, destination, new StompHeaders())
                .toCompletableFuture()
                .isCompletedExceptionally();
    }
}
