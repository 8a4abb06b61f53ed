package dev.maru.cluster.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Destinations as routing keys, so that bindings such as {@code topic.public.*} work: without the first slash, dots for
 * the others. A destination that has dots of its own cannot be told from its key; the header {@value #DESTINATION} has it
 * unchanged, and counts before the key on the way in.
 */
final class RoutingKeys {
    static final String DESTINATION = "destination";
    private static final int LONGEST = 255;

    private RoutingKeys() {}

    /** At most 255 bytes, as AMQP wants it; the end of a longer one is missing. */
    static String of(String destination) {
        String key = destination.substring(destination.startsWith("/") ? 1 : 0).replace('/', '.');
        int end = key.length();
        while (key.substring(0, end).getBytes(UTF_8).length > LONGEST) {
            end--;
        }
        return key.substring(0, end);
    }

    /** Where a message goes; empty if it does not say. */
    static Optional<String> destination(@Nullable Object header, String key) {
        if (header != null) {
            return Optional.of(header.toString()).filter(name -> name.length() > 1 && name.startsWith("/"));
        }
        String name = key.startsWith("/") ? key : "/" + key.replace('.', '/');
        return Optional.of(name).filter(some -> some.length() > 1);
    }
}
