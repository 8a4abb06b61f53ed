package dev.maru.spring;

import dev.maru.spring.configurer.Configurers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Lets the application's own configurers configure the broker; see {@link EnableMaruMessageBroker}. */
@Configuration(proxyBeanMethods = false)
class ApplicationConfigurers {

    @Bean
    Configurers brokerConfigurers(ObjectProvider<WebSocketMessageBrokerConfigurer> configurers) {
        return new Configurers(configurers.orderedStream().toList(), true);
    }
}
