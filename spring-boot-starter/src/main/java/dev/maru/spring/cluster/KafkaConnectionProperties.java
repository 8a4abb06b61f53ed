package dev.maru.spring.cluster;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Where Kafka is, by the names that Spring Boot has for it below {@code spring.kafka}; read without Spring Kafka, which
 * need not be there.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param properties further settings of Kafka's clients, for example {@code sasl.jaas.config}
 */
record KafkaConnectionProperties(
        @DefaultValue("localhost:9092") List<String> bootstrapServers,
        @DefaultValue Map<String, String> properties,
        @DefaultValue Security security,
        @DefaultValue Ssl ssl) {

    /** @param protocol PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL */
    record Security(@Nullable String protocol) {}

    /** Keys and certificates, as files or as PEM. */
    record Ssl(
            @Nullable Resource keyStoreLocation,
            @Nullable String keyStorePassword,
            @Nullable String keyStoreType,
            @Nullable String keyPassword,
            @Nullable String keyStoreKey,
            @Nullable String keyStoreCertificateChain,
            @Nullable Resource trustStoreLocation,
            @Nullable String trustStorePassword,
            @Nullable String trustStoreType,
            @Nullable String trustStoreCertificates,
            @Nullable String protocol,
            @Nullable String bundle) {}
}
