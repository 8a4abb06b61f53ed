package dev.maru.spring.drain;

import dev.maru.engine.Engine;
import dev.maru.transport.http.WebSocketTransport;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens before everything else when the application goes down. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainProperties.class)
public class DrainConfiguration {

    @Bean
    EngineLifecycle engineLifecycle(Engine engine, WebSocketTransport transport, DrainProperties properties) {
        return new EngineLifecycle(engine, transport, properties);
    }

    @Bean
    ShutdownNotice shutdownNotice(ApplicationContext application, DrainProperties properties) {
        return new ShutdownNotice(application, properties.notice());
    }
}
