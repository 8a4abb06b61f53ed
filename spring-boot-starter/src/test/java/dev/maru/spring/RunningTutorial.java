package dev.maru.spring;

import dev.maru.spring.tutorial.TutorialApplication;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The tutorial's application at a free port, for all tests of a class. */
final class RunningTutorial implements BeforeAllCallback, AfterAllCallback {
    private @Nullable ConfigurableApplicationContext context;

    /** Starts an application made of these classes. */
    static ConfigurableApplicationContext start(String[] arguments, Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .sources(OwnEventLoops.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=health",
                        "logging.level.root=warn")
                .run(arguments);
    }

    static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Reactor Netty's usual event loops are shared by all applications in a JVM, and the first to close ends them. */
    @Configuration(proxyBeanMethods = false)
    static class OwnEventLoops {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }

    @Override
    public void beforeAll(ExtensionContext tests) {
        context = start(new String[0], TutorialApplication.class);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (context != null) {
            context.close();
        }
    }

    ConfigurableApplicationContext context() {
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        return context;
    }

    int port() {
        return port(context());
    }

    <T> T bean(Class<T> type) {
        return context().getBean(type);
    }
}
