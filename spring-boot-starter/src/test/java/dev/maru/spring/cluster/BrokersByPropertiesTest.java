package dev.maru.spring.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.cluster.rabbitmq.RabbitClusterBroker;
import dev.maru.cluster.rabbitmq.RabbitOutsideExchange;
import dev.maru.cluster.redis.RedisClusterBroker;
import dev.maru.cluster.redis.RedisOutsideExchange;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.testkit.RabbitMqServer;
import dev.maru.testkit.RecordingReceiver;
import dev.maru.testkit.RedisServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class BrokersByPropertiesTest {
    private static final String IN = "maru.cluster.outside.in=/topic/public/*";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void findsRedisByTheNamesOfSpringBoot() throws Exception {
        try (RedisServer server = RedisServer.start("--requirepass", "secret")) {
            String port = Integer.toString(server.port());
            carriesParcels(
                    RedisClusterBroker.class,
                    "maru.cluster.broker=redis",
                    "spring.data.redis.host=127.0.0.1",
                    "spring.data.redis.port=" + port,
                    "spring.data.redis.password=secret");
            carriesParcels(
                    RedisClusterBroker.class,
                    "maru.cluster.broker=redis",
                    "maru.cluster.redis.channels=plain",
                    "spring.data.redis.url=redis://:secret@127.0.0.1:" + port + "/1");
        }
    }

    @Test
    void needsNoMoreRightsInRedisThanTheDocumentationSays() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            server.control(
                    "ACL",
                    "SETUSER",
                    "maru",
                    "on",
                    ">secret",
                    "resetchannels",
                    "&maru:*",
                    "&/topic/public/*",
                    "~maru:*",
                    "+@pubsub",
                    "+@connection",
                    "+@scripting",
                    "+get",
                    "+set",
                    "+del",
                    "+pexpire");
            server.control("ACL", "SETUSER", "default", "-publish", "-spublish", "-subscribe", "-ssubscribe");
            String[] properties = {
                "maru.cluster.broker=redis",
                IN,
                "spring.data.redis.port=" + server.port(),
                "spring.data.redis.username=maru",
                "spring.data.redis.password=secret"
            };
            carriesParcels(RedisClusterBroker.class, properties);
            try (ConfigurableApplicationContext context = application(properties);
                    OutsideExchange exchange = context.getBean(OutsideExchange.class)) {
                exchange.start(_ -> CompletableFuture.completedStage(null));
                await().atMost(PATIENCE)
                        .until(() -> server.control("PUBSUB", "NUMPAT").startsWith("1"));
                assertThat(server.control("EXISTS", "maru:{maru}:outside")).startsWith("1");
            }
            assertThat(server.control("EXISTS", "maru:{maru}:outside")).startsWith("0");
        }
    }

    @Test
    void bringsAnExchangeForApplicationsWhereDestinationsAreNamed() {
        try (ConfigurableApplicationContext redis = application("maru.cluster.broker=redis", IN);
                ConfigurableApplicationContext rabbit = application("maru.cluster.broker=rabbitmq", IN);
                ConfigurableApplicationContext neither = application("maru.cluster.broker=redis")) {
            assertThat(redis.getBean(OutsideExchange.class)).isInstanceOf(RedisOutsideExchange.class);
            assertThat(rabbit.getBean(OutsideExchange.class)).isInstanceOf(RabbitOutsideExchange.class);
            assertThat(neither.getBeanProvider(OutsideExchange.class).getIfAvailable())
                    .isNull();
        }
    }

    @Test
    void findsRabbitMqByTheNamesOfSpringBoot() throws Exception {
        String port = Integer.toString(RabbitMqServer.shared().port());
        carriesParcels(
                RabbitClusterBroker.class,
                "maru.cluster.broker=rabbitmq",
                "spring.rabbitmq.host=127.0.0.1",
                "spring.rabbitmq.port=" + port,
                "spring.rabbitmq.virtual-host=/");
        carriesParcels(
                RabbitClusterBroker.class,
                "maru.cluster.broker=rabbitmq",
                "spring.rabbitmq.addresses=amqp://guest:guest@127.0.0.1:" + port + "/%2f");
    }

    private static void carriesParcels(Class<? extends ClusterBroker> kind, String... properties) {
        try (ConfigurableApplicationContext first = application(properties);
                ConfigurableApplicationContext second = application(properties);
                ClusterBroker listener = first.getBean(kind);
                ClusterBroker publisher = second.getBean(kind)) {
            RecordingReceiver heard = new RecordingReceiver();
            listener.start(2, heard);
            publisher.start(2, new RecordingReceiver());
            await().atMost(PATIENCE).until(() -> listener.isConnected() && publisher.isConnected());
            listener.listen(1).toCompletableFuture().join();
            publisher.publish(1, "hello".getBytes(UTF_8)).toCompletableFuture().join();
            await().atMost(PATIENCE).until(() -> heard.count("hello") == 1);
        }
    }

    private static ConfigurableApplicationContext application(String... properties) {
        return new SpringApplicationBuilder(
                        Application.class, RedisClusterConfiguration.class, RabbitClusterConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ClusterProperties.class)
    static class Application {}
}
