package dev.maru.spring.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** An application with nothing but the starter, and STOMP over TCP at a free port. */
final class RunningBroker {

    private RunningBroker() {}

    static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "maru.stomp.tcp.port=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .run(Stream.of(properties).map(property -> "--" + property).toArray(String[]::new));
    }

    static InetSocketAddress tcpAddress(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(context.getBean(TcpPort.class).address());
    }

    static int tcpPort(ConfigurableApplicationContext context) {
        return tcpAddress(context).getPort();
    }

    static int webPort(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        /** Reactor Netty's usual event loops are shared by all applications in a JVM. */
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }
}
