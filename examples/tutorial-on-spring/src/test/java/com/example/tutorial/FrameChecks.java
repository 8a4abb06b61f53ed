package com.example.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.tutorial.Wire.Way;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How frames are read and written, whichever broker they are for. */
interface FrameChecks extends Server {

    @ParameterizedTest
    @EnumSource
    default void speaksTheNewestVersionThatTheClientKnows(Way way) {
        for (String[] versions : new String[][] {{"1.0,1.1,1.2", "1.2"}, {"1.1,1.0", "1.1"}, {"1.0", "1.0"}}) {
            ChatClient client = open(way).frame("CONNECT", "", "accept-version:" + versions[0], "host:any");
            assertThat(connected(client).header("version")).isEqualTo(versions[1]);
        }
    }

    @ParameterizedTest
    @EnumSource
    default void connectsWithoutAHostAndByTheNameOfStomp(Way way) {
        connected(open(way).frame("CONNECT", "", "accept-version:1.1,1.0", "heart-beat:10000,10000"));
        connected(open(way).frame("STOMP", "", "accept-version:1.2", "host:any"));
    }

    @ParameterizedTest
    @EnumSource
    default void readsSeveralFramesInOneMessageAndOneInSeveral(Way way) {
        String topic = "/topic/free/" + ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", topic);
        String one = ChatClient.text("SEND", "one", "destination:" + topic);
        String two = ChatClient.text("SEND", "둘 셋", "destination:" + topic);
        ann.text("\n" + one + "\n" + two + "\n");
        ann.await("a", "one");
        ann.await("a", "둘 셋");

        String three = ChatClient.text("SEND", "in pieces", "destination:" + topic);
        ann.text(three.substring(0, 9)).text(three.substring(9, 40)).text(three.substring(40));
        ann.await("a", "in pieces");
    }

    @ParameterizedTest
    @EnumSource
    default void readsLinesThatEndWithCarriageReturns(Way way) {
        String topic = "/topic/free/" + ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", topic);
        ann.text("SEND\r\ndestination:" + topic + "\r\n\r\nwith returns\0");
        ann.await("a", "with returns");
    }

    @ParameterizedTest
    @EnumSource
    default void passesOnHeadersWithTheirEscapes(Way way) {
        String topic = "/topic/free/" + ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", topic);
        connect(way)
                .frame(
                        "SEND",
                        "자유 <speech>",
                        "destination:" + topic,
                        "content-type:text/plain",
                        "colour:red\\cgreen\\nblue\\\\black",
                        "색:빨강");
        ReceivedFrame message = ann.await("a", "자유 <speech>");
        assertThat(message.header("content-type")).isEqualTo("text/plain");
        assertThat(message.header("colour")).isEqualTo("red:green\nblue\\black");
        assertThat(message.header("색")).isEqualTo("빨강");
    }

    @ParameterizedTest
    @EnumSource
    default void passesOnABodyThatIsEmptyAndOneWhoseLengthIsGiven(Way way) {
        String topic = "/topic/free/" + ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", topic);
        ann.frame("SEND", "", "destination:" + topic, "kind:empty");
        ann.frame("SEND", "한\0글", "destination:" + topic, "content-length:7", "kind:long");
        assertThat(ann.await(frame -> "empty".equals(frame.header("kind"))).body())
                .isEmpty();
        assertThat(ann.await(frame -> "long".equals(frame.header("kind"))).text())
                .isEqualTo("한\0글");
    }

    @ParameterizedTest
    @EnumSource
    default void receiptsADisconnectAndLetsSubscriptionsEndThatWereNone(Way way) {
        ChatClient ann = connect(way).frame("UNSUBSCRIBE", "", "id:none");
        String topic = "/topic/free/" + ChatClient.newRoom();
        ann.listen("a", topic).send(topic, "still here").await("a", "still here");
        ann.frame("DISCONNECT", "", "receipt:bye").awaitReceipt("bye");
        assertThat(ann.frames(StompCommand.ERROR)).isEmpty();
    }

    private static ReceivedFrame connected(ChatClient client) {
        return client.await(frame -> frame.command() == StompCommand.CONNECTED);
    }
}
