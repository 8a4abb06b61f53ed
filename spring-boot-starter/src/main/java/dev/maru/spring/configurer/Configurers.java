package dev.maru.spring.configurer;

import java.util.List;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Who configures the broker: the application's own configurers, or the one that speaks for {@code maru.*} properties.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param all in their order
 * @param lenient whether what a method fails at costs its sender no connection, as in Spring
 */
public record Configurers(List<WebSocketMessageBrokerConfigurer> all, boolean lenient) {

    public Configurers {
        all = List.copyOf(all);
    }

    /** Those that tell every client what it failed at. */
    public Configurers(List<WebSocketMessageBrokerConfigurer> all) {
        this(all, false);
    }
}
