package dev.maru.spring.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxies in front.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param trustedProxies Addresses and networks of the proxies whose X-Forwarded-For, -Proto and -Host (or Forwarded)
 *     count. Empty: nobody's do.
 */
@ConfigurationProperties("maru")
public record ProxyProperties(@DefaultValue List<String> trustedProxies) {}
