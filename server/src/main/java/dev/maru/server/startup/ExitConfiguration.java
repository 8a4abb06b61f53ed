package dev.maru.server.startup;

import dev.maru.spring.drain.DrainProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bounds how long the process takes to end. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExitSettings.class)
class ExitConfiguration {

    @Bean
    ExitDeadline exitDeadline(ExitSettings settings, DrainProperties drain) {
        return new ExitDeadline(settings, drain);
    }
}
