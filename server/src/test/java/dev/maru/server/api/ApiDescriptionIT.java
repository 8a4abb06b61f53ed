package dev.maru.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class ApiDescriptionIT {

    @Test
    void describesEveryCallOfTheApiAndNoOther(@TempDir Path data) {
        try (RunningServer server = RunningServer.start(data)) {
            JsonNode description = server.get("/v3/api-docs").json();
            assertThat(description.path("openapi").asString()).startsWith("3.");
            assertThat(described(description)).isEqualTo(mapped(server));
        }
    }

    private static Set<String> described(JsonNode description) {
        Set<String> calls = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(name -> !name.equals("parameters"))
                        .forEach(method -> calls.add(method + " " + path.getKey())));
        return calls;
    }

    private static Set<String> mapped(RunningServer server) {
        Set<String> calls = new TreeSet<>();
        server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternsCondition().getPatterns().stream()
                        .filter(path -> path.getPatternString().startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> calls.add(
                                        method.name().toLowerCase(Locale.ROOT) + " " + path.getPatternString()))));
        return calls;
    }
}
