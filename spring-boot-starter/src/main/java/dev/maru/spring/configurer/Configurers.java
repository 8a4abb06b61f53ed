package dev.maru.spring.configurer;

import java.util.List;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Who configures the broker: the application's own configurers, or the one that speaks for {@code maru.*} properties.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param all in their order
 */
public record Configurers(List<WebSocketMessageBrokerConfigurer> all) {

    public Configurers {
        all = List.copyOf(all);
    }
}
