package dev.maru.spring.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Address;
import dev.maru.cluster.rabbitmq.RabbitAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RabbitAddressesTest {

    @Test
    void isTheLocalServerUnlessConfigured() {
        RabbitAddress address = address(Map.of());
        assertThat(address.addresses()).containsExactly(new Address("localhost", 5672));
        assertThat(address.factory().getUsername()).isEqualTo("guest");
        assertThat(address.factory().isSSL()).isFalse();
    }

    @Test
    void takesAllThatTheFirstUriSays() {
        RabbitAddress address = address(Map.of("addresses", "amqp://jane:secret@one:1/teas,two,three:3"));
        assertThat(address.addresses())
                .containsExactly(new Address("one", 1), new Address("two", 1), new Address("three", 3));
        assertThat(address.factory().getUsername()).isEqualTo("jane");
        assertThat(address.factory().getPassword()).isEqualTo("secret");
        assertThat(address.factory().getVirtualHost()).isEqualTo("teas");
    }

    @Test
    void turnsSslOnWithTheSettingOrTheUri() {
        RabbitAddress set = address(Map.of("ssl.enabled", "true", "host", "one"));
        assertThat(set.factory().isSSL()).isTrue();
        assertThat(set.addresses()).containsExactly(new Address("one", 5671));
        RabbitAddress uri = address(Map.of("addresses", "amqps://one"));
        assertThat(uri.factory().isSSL()).isTrue();
        assertThat(uri.addresses()).containsExactly(new Address("one", 5671));
    }

    private static RabbitAddress address(Map<String, String> properties) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        properties.forEach((name, value) -> source.put("spring.rabbitmq." + name, value));
        return RabbitAddresses.of(
                new Binder(source).bindOrCreate("spring.rabbitmq", RabbitConnectionProperties.class), null);
    }
}
