package dev.maru.server.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.ServerProcess;
import dev.maru.testkit.Installed;
import dev.maru.testkit.PostgresServer;
import dev.maru.testkit.RabbitMqServer;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.RedisServer;
import dev.maru.testkit.Script;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationsAtTheBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DOCS = Path.of("..", "docs", "cluster");
    private static final String SAID =
            "{\"roomId\":\"tea\",\"type\":\"TALK\",\"sender\":\"tom\",\"message\":\"from a node\"}";

    @TempDir
    private Path data;

    @Test
    void writeIntoRoomsAndListenThroughRedis() throws Exception {
        Path scripts = DOCS.resolve("redis");
        try (RedisServer redis = RedisServer.start();
                ServerProcess first = node(1, "redis", "spring.data.redis.port=" + redis.port());
                ServerProcess second = node(2, "redis", "spring.data.redis.port=" + redis.port());
                StompTestClient jane = client(first);
                StompTestClient tom = client(second)) {
            Map<String, String> environment = Map.of("MARU_REDIS", redis.uri());
            await().atMost(PATIENCE)
                    .until(() -> redis.control("PUBSUB", "NUMPAT").startsWith("1"));
            try (Script listener = Script.start(scripts, environment, List.of("./listen"))) {
                listener.awaitLine("psubscribe");
                Script.run(scripts, environment, List.of("./talk", "tea", "shop", "from outside"));
                areHeardOnceInOneOrder(jane, tom);
                listener.awaitLine("from a node");
            }
        }
    }

    @Test
    void writeIntoRoomsAndListenThroughRabbitMq() throws Exception {
        Path scripts = DOCS.resolve("rabbitmq");
        String python = Installed.requirePython("pika", Path.of("/usr/bin")).toString();
        int port = RabbitMqServer.shared().port();
        try (ServerProcess first = node(1, "rabbitmq", "spring.rabbitmq.port=" + port);
                ServerProcess second = node(2, "rabbitmq", "spring.rabbitmq.port=" + port);
                StompTestClient jane = client(first);
                StompTestClient tom = client(second)) {
            Map<String, String> environment = Map.of("MARU_AMQP", "amqp://guest:guest@127.0.0.1:" + port + "/%2f");
            try (Script listener = Script.start(scripts, environment, List.of(python, "listen.py"))) {
                listener.awaitLine("listening");
                Script.run(scripts, environment, List.of(python, "publish.py", "tea", "shop", "from outside"));
                areHeardOnceInOneOrder(jane, tom);
                listener.awaitLine("from a node");
            }
        }
    }

    /** One message came from outside; another one is sent on the second node. */
    private static void areHeardOnceInOneOrder(StompTestClient jane, StompTestClient tom) {
        jane.awaitMessage("tea");
        tom.awaitMessage("tea");
        tom.sendAndAwaitReceipt("/app/chat/sendMessage", SAID);
        jane.await(frame -> frame.text().contains("from a node"));
        tom.await(frame -> frame.text().contains("from a node"));
        for (StompTestClient client : List.of(jane, tom)) {
            assertThat(texts(client))
                    .satisfiesExactly(
                            text -> assertThat(text).contains("\"from outside\"", "\"offset\":1,", "\"shop\""),
                            text -> assertThat(text).contains("\"from a node\"", "\"offset\":2,"));
        }
    }

    private static List<String> texts(StompTestClient client) {
        return client.frames().stream()
                .filter(frame -> "tea".equals(frame.header("subscription")))
                .map(ReceivedFrame::text)
                .toList();
    }

    private static StompTestClient client(ServerProcess node) {
        StompTestClient client = StompTestClient.connected(URI.create("ws://localhost:" + node.port() + "/ws"));
        client.subscribed("tea", "/topic/public/tea");
        return client;
    }

    private ServerProcess node(int number, String broker, String where) {
        String[] arguments = Stream.of(
                        "spring.datasource.url=" + PostgresServer.url("outside_" + broker, PostgresServer.port()),
                        "maru.cluster.broker=" + broker,
                        where,
                        "maru.cluster.outside.in=/topic/public/*",
                        "maru.cluster.outside.out=/topic/public/*")
                .map(argument -> "--" + argument)
                .toArray(String[]::new);
        return ServerProcess.start(data.resolve("node" + number), arguments);
    }
}
