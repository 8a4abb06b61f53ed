package dev.maru.chat.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;

/** Says at the start of a servlet application that it has no HTTP API. Confined to the thread that starts it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "maru.chat.http.enabled", matchIfMissing = true)
public class MissingHttpApi {
    private static final Logger LOG = LoggerFactory.getLogger(MissingHttpApi.class);

    MissingHttpApi() {
        LOG.info("The chat's HTTP API is not served: it needs WebFlux, and this is an application on servlets."
                + " maru.chat.http.enabled=false says that it is not wanted");
    }
}
