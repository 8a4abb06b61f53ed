package dev.maru.spring.tcp;

import dev.maru.transport.tcp.TcpSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Opens the port for STOMP over TCP where one is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TcpProperties.class)
public class TcpConfiguration {

    @Bean
    TcpSurroundings tcpSurroundings(
            ObjectProvider<ServerProperties> server,
            ObjectProvider<TcpAddress> address,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<ReactorResourceFactory> resources) {
        return new TcpSurroundings(server, address, bundles, resources);
    }

    @Bean
    TcpPort tcpPort(TcpProperties properties, TcpSettings settings, TcpSurroundings surroundings) {
        TcpSettings secured = surroundings
                .tls(properties.ssl().bundle())
                .<TcpSettings>map(settings::withTls)
                .orElse(settings);
        return new TcpPort(surroundings.address(properties), secured, surroundings::loops);
    }
}
