package dev.maru.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Says which of the limits is wrong, by its full name.
 *
 * <p>Stateless; safe for any thread.
 */
final class Positive {

    private Positive() {}

    /** @throws InvalidConfigurationPropertyValueException if this value of {@code maru.limits} is not positive */
    static void limit(String name, Object value) {
        boolean positive = switch (value) {
            case Number number -> number.longValue() > 0;
            case DataSize size -> size.toBytes() > 0;
            case Duration time -> time.isPositive();
            default -> throw new IllegalArgumentException("no kind of limit: " + value);
        };
        if (!positive) {
            throw new InvalidConfigurationPropertyValueException("maru.limits." + name, value, "It must be positive.");
        }
    }
}
