package dev.maru.server.startup;

import dev.maru.server.access.AccessMode;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What is usual where people have accounts: nobody makes a room by mistyping its name. Whatever is configured counts
 * more.
 *
 * <p>Stateless; called by the thread that starts the server.
 */
final class AccountsModeDefaults implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // What is no mode at all is refused later, when the log is ready to say so.
        if (environment.getProperty("maru.access", "").strip().equalsIgnoreCase(AccessMode.ACCOUNTS.name())) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "maru-accounts-mode", Map.of("maru.limits.rooms-by-message", "false")));
        }
    }

    /** After the configuration files were read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
