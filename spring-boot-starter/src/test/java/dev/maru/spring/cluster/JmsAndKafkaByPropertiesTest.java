package dev.maru.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maru.cluster.jms.JmsClusterBroker;
import dev.maru.cluster.jms.JmsOutsideExchange;
import dev.maru.cluster.kafka.KafkaClusterBroker;
import dev.maru.cluster.kafka.KafkaOutsideExchange;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.spring.failure.WrongSettingException;
import dev.maru.testkit.RecordingReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class JmsAndKafkaByPropertiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ClusterProperties.class)
    static class Application {}

    @Test
    void bringsTheAdapterThatIsNamed() {
        brings("kafka", KafkaClusterBroker.class, KafkaOutsideExchange.class);
        brings("activemq", JmsClusterBroker.class, JmsOutsideExchange.class);
        brings("artemis", JmsClusterBroker.class, JmsOutsideExchange.class);
    }

    private static void brings(
            String name, Class<? extends ClusterBroker> broker, Class<? extends OutsideExchange> exchange) {
        try (ConfigurableApplicationContext with =
                        application("maru.cluster.broker=" + name, "maru.cluster.outside.out=/topic/public/*");
                ConfigurableApplicationContext without = application("maru.cluster.broker=" + name)) {
            assertThat(with.getBean(ClusterBroker.class)).isInstanceOf(broker);
            assertThat(with.getBean(OutsideExchange.class)).isInstanceOf(exchange);
            assertThat(without.getBeanProvider(OutsideExchange.class).getIfAvailable())
                    .isNull();
        }
    }

    @Test
    void findsArtemisByTheNamesOfSpringBoot() throws Exception {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.toString())
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), Map.of("host", "localhost", "port", "0"), "tcp")));
        server.start();
        int port =
                ((NettyAcceptor) server.getActiveMQServer().getRemotingService().getAcceptor("tcp")).getActualPort();
        try (ConfigurableApplicationContext context = application(
                        "maru.cluster.broker=artemis",
                        "spring.artemis.broker-url=tcp://localhost:" + port,
                        "spring.artemis.user=maru",
                        "spring.artemis.password=maru");
                ClusterBroker broker = context.getBean(ClusterBroker.class)) {
            broker.start(2, new RecordingReceiver());
            await().atMost(PATIENCE).until(broker::isConnected);
        } finally {
            server.stop();
        }
    }

    @Test
    void findsKafkaByTheNamesOfSpringBoot() {
        KafkaConnectionProperties kafka = kafka(
                "bootstrap-servers", "one:9092,two:9092",
                "security.protocol", "SASL_SSL",
                "ssl.trust-store-certificates", "pem",
                "properties[sasl.mechanism]", "PLAIN");
        assertThat(KafkaClientSettings.of(kafka))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", List.of("one:9092", "two:9092"),
                        "security.protocol", "SASL_SSL",
                        "ssl.truststore.certificates", "pem",
                        "sasl.mechanism", "PLAIN"));
        assertThat(KafkaClientSettings.of(kafka())).isEqualTo(Map.of("bootstrap.servers", List.of("localhost:9092")));
    }

    @Test
    void saysThatKafkaTakesNoBundles() {
        KafkaConnectionProperties kafka = kafka("ssl.bundle", "mine");
        assertThatThrownBy(() -> KafkaClientSettings.of(kafka)).isInstanceOf(WrongSettingException.class);
    }

    private static KafkaConnectionProperties kafka(String... namesAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put("spring.kafka." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("spring.kafka", KafkaConnectionProperties.class);
    }

    private static ConfigurableApplicationContext application(String... properties) {
        return new SpringApplicationBuilder(
                        Application.class,
                        KafkaClusterConfiguration.class,
                        ActiveMqClusterConfiguration.class,
                        ArtemisClusterConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }
}
