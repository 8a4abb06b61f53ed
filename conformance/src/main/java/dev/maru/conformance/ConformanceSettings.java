package dev.maru.conformance;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the conformance server. STOMP at {@code /ws} has the starter's.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param rawMessageSize Longest message and frame of the plain WebSocket echo.
 * @param sockJsMessageSize Longest message and request of the SockJS services.
 * @param sockJsStreamSize Size at which a streaming response of the SockJS services ends. Their public tests expect 4
 *     KB.
 */
@ConfigurationProperties("conformance")
public record ConformanceSettings(
        @DefaultValue("20MB") DataSize rawMessageSize,
        @DefaultValue("1MB") DataSize sockJsMessageSize,
        @DefaultValue("4KB") DataSize sockJsStreamSize) {}
