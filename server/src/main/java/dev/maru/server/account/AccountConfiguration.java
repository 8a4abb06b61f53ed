package dev.maru.server.account;

import dev.maru.chat.autoconfigure.ChatProperties;
import dev.maru.engine.Engine;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionUser;
import dev.maru.server.access.AccessMode;
import dev.maru.server.access.AccessSettings;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.spring.identity.JwtProperties;
import dev.maru.spring.identity.RevocationLimits;
import dev.maru.spring.identity.RevokedTokens;
import dev.maru.spring.identity.TokenRevocations;
import dev.maru.spring.identity.TokenVerifier;
import dev.maru.store.jdbc.Database;
import dev.maru.transport.http.HandshakePolicy;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.web.server.WebFilter;

/** Wires accounts. Used by the thread that starts the server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CredentialSettings.class, TokenAdministration.class})
class AccountConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AccountConfiguration.class);
    private static final String MIGRATIONS = "dev/maru/server/account/migration";
    /** After the front door, which says whether the page may come in at all. */
    private static final int COOKIES = 100;

    private static final InstantSource TIME = InstantSource.system();

    @Bean
    Passwords passwords() {
        return new Passwords(new BCryptPasswordEncoder());
    }

    @Bean
    Accounts accounts(Database database, Passwords passwords) {
        database.migrate("accounts", MIGRATIONS);
        return new Accounts(database, passwords, TIME);
    }

    /** Asks for the accounts because their migration makes its table, as {@link #storedRevocations} does. */
    @Bean
    Credentials credentials(Database database, CredentialSettings settings, Accounts accounts) {
        return new Credentials(database, settings, TIME);
    }

    /** Asks for the accounts because their migration makes its table. */
    @Bean
    AdminToken adminToken(ChatProperties chat, Database database, Accounts accounts) {
        return AdminToken.readOrCreate(database, chat.dataDir().toAbsolutePath().normalize());
    }

    @Bean
    AccountSecurity accountSecurity(
            Accounts accounts,
            Credentials credentials,
            CredentialSettings settings,
            AccessSettings access,
            Cluster cluster,
            ObjectProvider<Engine> engine) {
        URI address = access.publicUrl();
        boolean https = address != null && "https".equals(address.getScheme());
        AccountSecurity.Mode mode = new AccountSecurity.Mode(access.mode() == AccessMode.ACCOUNTS, https);
        return new AccountSecurity(
                accounts, credentials, new LoginAttempts(settings.limits(), TIME, cluster), settings, mode, engine);
    }

    @Bean
    Identities identities(Accounts accounts, Credentials credentials) {
        return new Identities(credentials, accounts);
    }

    /** Behind the front door. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 2)
    WebFilter apiGuard(
            AdminToken admin,
            Credentials credentials,
            Identities identities,
            BearerTokens tokens,
            TokenAdministration administration) {
        // Only where there are accounts are there tokens of users.
        boolean accounts = !tokens.isEmpty();
        return new ApiGuard(new Callers(admin, credentials, identities, tokens, administration), accounts);
    }

    @Bean
    RevokedTokens storedRevocations(Database database, RevocationLimits limits, Accounts accounts) {
        return new StoredRevocations(database, limits, TIME);
    }

    /** Without accounts a session is its own user, whatever token it has. */
    @Bean
    @Conditional(NicknamesMode.class)
    BearerTokens noTokens(JwtProperties jwt) {
        if (jwt.configured()) {
            LOG.warn(
                    "maru.auth.jwt is set and does nothing: nobody is asked who they are without maru.access=accounts");
        }
        return new BearerTokens(List.of());
    }

    /** What there is only where people need an account. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(AccountsMode.class)
    static class WithAccounts {

        @Bean
        TokenVerifier accountTokens(Identities identities) {
            return identities::verify;
        }

        @Bean
        Authenticator accountAuthenticator(BearerTokens tokens, Identities identities) {
            return new AccountAuthenticator(tokens, identities);
        }

        @Bean
        @Order(COOKIES)
        HandshakePolicy cookieHandshake(Identities identities) {
            return new CookieHandshake(identities);
        }

        @Bean
        SessionDoubts sessionDoubts(Identities identities, TokenRevocations revocations) {
            return new SessionDoubts(identities, revocations, TIME);
        }

        @Bean
        ApplicationRunner sessionsInDoubt(Engine engine, SessionDoubts doubts) {
            return arguments -> engine.registry().onDoubt(doubts::mayStay);
        }

        /** A connection is a use of what opened it, for as long as it lasts. */
        @Bean
        SessionListener noteUse(Credentials credentials) {
            return new SessionListener() {
                @Override
                public void onClosed(Session session, CloseReason reason) {
                    SessionUser user = session.user();
                    Credential credential = user == null ? null : user.credential();
                    if (credential != null && credential.id().startsWith(Credentials.OUR_IDS)) {
                        credentials.noteUse(credential.id());
                    }
                }
            };
        }
    }

    /** Whether {@code maru.access} asks for accounts, read as {@link AccessSettings} reads it. */
    static final class AccountsMode implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return AccessMode.of(context.getEnvironment().getProperty("maru.access")) == AccessMode.ACCOUNTS;
        }
    }

    /** The opposite. */
    static final class NicknamesMode implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !new AccountsMode().matches(context, metadata);
        }
    }
}
