package dev.maru.spring.cluster;

import dev.maru.spring.failure.WrongSettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Makes settings of Kafka's clients of Spring Boot's properties. Safe for any thread. */
final class KafkaClientSettings {

    private KafkaClientSettings() {}

    static Map<String, Object> of(KafkaConnectionProperties kafka) {
        if (kafka.ssl().bundle() != null) {
            throw new WrongSettingException(
                    "spring.kafka.ssl.bundle is set, and Maru's adapter of Kafka takes no bundles",
                    "name the same files by spring.kafka.ssl.key-store-location and trust-store-location");
        }
        Map<String, Object> settings = new HashMap<>(kafka.properties());
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        put(settings, "security.protocol", kafka.security().protocol());
        secure(settings, kafka.ssl());
        return settings;
    }

    private static void secure(Map<String, Object> settings, KafkaConnectionProperties.Ssl ssl) {
        put(settings, "ssl.keystore.location", path(ssl.keyStoreLocation()));
        put(settings, "ssl.keystore.password", ssl.keyStorePassword());
        put(settings, "ssl.keystore.type", ssl.keyStoreType());
        put(settings, "ssl.key.password", ssl.keyPassword());
        put(settings, "ssl.keystore.key", ssl.keyStoreKey());
        put(settings, "ssl.keystore.certificate.chain", ssl.keyStoreCertificateChain());
        put(settings, "ssl.truststore.location", path(ssl.trustStoreLocation()));
        put(settings, "ssl.truststore.password", ssl.trustStorePassword());
        put(settings, "ssl.truststore.type", ssl.trustStoreType());
        put(settings, "ssl.truststore.certificates", ssl.trustStoreCertificates());
        put(settings, "ssl.protocol", ssl.protocol());
    }

    private static void put(Map<String, Object> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }

    private static @Nullable String path(@Nullable Resource file) {
        try {
            return file == null ? null : file.getFile().getAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("keys and certificates of Kafka's clients must be files", e);
        }
    }
}
