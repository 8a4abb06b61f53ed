package dev.maru.conformance;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** What public conformance suites are pointed at; {@code docs/conformance.md} says how. */
@SpringBootApplication
@EnableConfigurationProperties(ConformanceSettings.class)
public class ConformanceServer {

    public static void main(String[] args) {
        SpringApplication.run(ConformanceServer.class, args);
    }
}
