package dev.maru.spring.web;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * TLS as an SSL bundle of Spring Boot's says. A bundle that is reloaded holds for the connections that come after.
 *
 * <p>Safe for any thread.
 */
public final class TlsBundle implements Supplier<SslContext> {
    private volatile SslContext context;

    /** @throws org.springframework.boot.ssl.NoSuchSslBundleException if there is none of this name */
    public TlsBundle(SslBundles bundles, String name) {
        context = contextOf(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, changed -> context = contextOf(changed));
    }

    @Override
    public SslContext get() {
        return context;
    }

    private static SslContext contextOf(SslBundle bundle) {
        SslManagerBundle managers = bundle.getManagers();
        SslOptions options = bundle.getOptions();
        @Nullable Set<String> ciphers = SslOptions.asSet(options.getCiphers());
        try {
            return SslContextBuilder.forServer(managers.getKeyManagerFactory())
                    .trustManager(managers.getTrustManagerFactory())
                    .ciphers(ciphers, SupportedCipherSuiteFilter.INSTANCE)
                    .protocols(options.getEnabledProtocols())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the SSL bundle cannot be used: " + e.getMessage(), e);
        }
    }
}
