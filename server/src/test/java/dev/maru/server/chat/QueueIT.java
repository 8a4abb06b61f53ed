package dev.maru.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues and transactions of the server, where a rule lets clients in. */
class QueueIT {
    private static final String[] RULES = {
        "--maru.rules[0].destination=/queue/**",
        "--maru.rules[0].access=permit",
        "--maru.rules[1].destination=/topic/news",
        "--maru.rules[1].access=permit",
        "--maru.queues.delivery-attempts=2",
        "--maru.limits.queue-messages=5"
    };

    @Test
    void keepsWhatWaitsOverARestartAndGivesItToOneConsumer(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data, RULES);
                StompClient minsu = server.connect()) {
            assertThat(minsu.sent("/queue/work", "one").header("position")).isNull();
            minsu.sent("/queue/work", "two");
        }
        try (RunningServer server = RunningServer.start(data, RULES);
                StompClient minsu = server.connect();
                StompClient jane = server.connect()) {
            minsu.subscribed("w", "/queue/work", "ack:client");
            StompMessage one = minsu.message("w");
            StompMessage two = minsu.message("w");
            assertThat(one.body()).isEqualTo("one");
            assertThat(two.body()).isEqualTo("two");
            jane.subscribed("w", "/queue/work", "ack:client");

            minsu.frame("ACK\nid:" + one.header("ack") + "\nreceipt:ack", "").receipt("ack");
            minsu.abort();

            StompMessage again = jane.message("w");
            assertThat(again.body()).isEqualTo("two");
            assertThat(again.header("redelivered")).isEqualTo("true");
        }
    }

    @Test
    void doesACommitAsAWholeInTheDatabase(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data, RULES);
                StompClient minsu = server.connect();
                StompClient jane = server.connect()) {
            minsu.subscribed("w", "/queue/work", "ack:client-individual");
            minsu.subscribed("e", "/user/queue/errors");
            jane.subscribed("r", "/queue/replies", "ack:auto");
            jane.subscribed("n", "/topic/news");
            jane.sent("/queue/work", "task");
            String ack = minsu.message("w").header("ack");

            minsu.frame("BEGIN\ntransaction:bad", "");
            inside("bad", minsu, "ACK\nid:" + ack, "");
            for (int i = 0; i < 6; i++) {
                inside("bad", minsu, "SEND\ndestination:/queue/full", "x");
            }
            minsu.frame("COMMIT\ntransaction:bad\nreceipt:bad", "");
            assertThat(minsu.message("e").header("message")).isEqualTo("queue-full");

            minsu.frame("BEGIN\ntransaction:good", "");
            inside("good", minsu, "ACK\nid:" + ack, "");
            inside("good", minsu, "SEND\ndestination:/queue/replies", "done");
            inside("good", minsu, "SEND\ndestination:/topic/news", "told");
            minsu.frame("COMMIT\ntransaction:good\nreceipt:good", "").receipt("good");

            assertThat(jane.message("r").body()).isEqualTo("done");
            assertThat(jane.message("n").body()).isEqualTo("told");
        }
    }

    @Test
    void buriesWhatNobodyAcknowledges(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data, RULES);
                StompClient minsu = server.connect()) {
            minsu.subscribed("w", "/queue/work", "ack:client-individual");
            minsu.sent("/queue/work", "poison");
            minsu.frame("NACK\nid:" + minsu.message("w").header("ack"), "");
            minsu.frame("NACK\nid:" + minsu.message("w").header("ack"), "");
            minsu.subscribed("d", "/queue/dead-letter", "ack:client");

            StompMessage dead = minsu.message("d");
            assertThat(dead.body()).isEqualTo("poison");
            assertThat(dead.header("original-destination")).isEqualTo("/queue/work");
        }
    }

    private static void inside(String transaction, StompClient client, String head, String body) {
        client.frame(head + "\ntransaction:" + transaction, body);
    }
}
