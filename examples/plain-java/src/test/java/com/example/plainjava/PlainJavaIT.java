package com.example.plainjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainJavaIT {
    private PlainJava server;
    private URI address;

    @BeforeEach
    void start() {
        server = new PlainJava(0);
        address = URI.create("ws://localhost:" + server.port() + "/ws");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shoutsWhatItIsTold() {
        try (StompTestClient jane = StompTestClient.connected(address);
                StompTestClient minsu = StompTestClient.connected(address)) {
            minsu.subscribed("0", "/topic/shouts");
            assertThat(jane.sendAndAwaitReceipt("/app/shout", "hello").header("position"))
                    .endsWith("-1");
            assertThat(minsu.awaitMessage("0").text()).isEqualTo("HELLO");
        }
    }

    @Test
    void givesWhoComesBackWhatTheyHaveMissed() {
        try (StompTestClient jane = StompTestClient.connected(address)) {
            String first = jane.sendAndAwaitReceipt("/app/shout", "one").header("position");
            IntStream.range(2, 100).forEach(i -> jane.send("/app/shout", "say " + i));
            jane.sendAndAwaitReceipt("/app/shout", "done");
            try (StompTestClient minsu = StompTestClient.connected(address)) {
                minsu.subscribe("0", "/topic/shouts", "since", first);
                assertThat(minsu.await(StompCommand.MESSAGE, 99))
                        .extracting(message -> message.text())
                        .containsExactly(IntStream.range(2, 101)
                                .mapToObj(i -> i == 100 ? "DONE" : "SAY " + i)
                                .toArray(String[]::new));
            }
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        try (StompTestClient jane = StompTestClient.connected(address)) {
            jane.send("/app/whisper", "psst");
            assertThat(jane.await(StompCommand.ERROR).header("message")).isEqualTo("forbidden");
        }
    }
}
