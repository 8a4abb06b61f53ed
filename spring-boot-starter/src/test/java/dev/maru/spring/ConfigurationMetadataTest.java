package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE shows of the properties. */
class ConfigurationMetadataTest {

    @Test
    void describesEveryProperty() throws Exception {
        try (InputStream file = Objects.requireNonNull(
                MaruProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            JsonNode properties = JsonMapper.shared().readTree(file).get("properties");
            assertThat(properties
                            .valueStream()
                            .map(property -> property.get("name").asString()))
                    .contains("maru.port", "maru.limits.frame-size", "maru.presence.destinations", "maru.endpoints");
            assertThat(properties.valueStream().filter(property -> !property.hasNonNull("description")))
                    .isEmpty();
        }
    }
}
