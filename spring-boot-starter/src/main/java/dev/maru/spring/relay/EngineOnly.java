package dev.maru.spring.relay;

import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.configurer.Unsupported;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.spring.rules.DestinationRule;
import dev.maru.spring.rules.RuleProperties;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Keeps an application that relays to another broker from starting where it counts on what the engine does for its own
 * sessions: nobody shall believe that a rule holds which nobody asks.
 *
 * <p>Confined to the thread that starts the application.
 */
final class EngineOnly implements SmartInitializingSingleton {
    private static final List<Class<?>> NEVER_ASKED =
            List.of(Authenticator.class, Authorizer.class, DestinationRule.class);

    private final BrokerSettings settings;
    private final BearerTokens tokens;
    private final RuleProperties rules;
    private final ListableBeanFactory beans;

    EngineOnly(BrokerSettings settings, BearerTokens tokens, RuleProperties rules, ListableBeanFactory beans) {
        this.settings = settings;
        this.tokens = tokens;
        this.rules = rules;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!settings.relayed()) {
            return;
        }
        for (Class<?> type : NEVER_ASKED) {
            refuse(beans.getBeanNamesForType(type).length > 0, type.getSimpleName() + " beans");
        }
        refuse(!tokens.isEmpty(), "tokens that Maru verifies");
        refuse(!rules.rules().isEmpty(), "maru.rules");
    }

    private static void refuse(boolean there, String what) {
        if (there) {
            throw Unsupported.setting(
                    what + " with enableStompBrokerRelay", "use a ChannelInterceptor of clientInboundChannel");
        }
    }
}
