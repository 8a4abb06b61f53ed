package dev.maru.server.store;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A pool of connections, as Spring Boot makes it, where {@code spring.datasource.url} says of what. The chat and the
 * accounts then have their tables there.
 *
 * <p>Used by the thread that starts the server.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.datasource.url")
@Import(DataSourceAutoConfiguration.class)
class PostgresConfiguration {}
