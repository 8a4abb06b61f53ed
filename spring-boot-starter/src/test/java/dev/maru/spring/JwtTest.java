package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.maru.engine.Engine;
import dev.maru.engine.session.SessionRegistry;
import dev.maru.spring.identity.TokenRevocations;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.HandshakeRefusedException;
import dev.maru.testkit.StompTestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** JSON Web Tokens, good and bad, over real sockets. */
class JwtTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";

    /** An application that has nothing but the starter. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Plain {}

    private static ConfigurableApplicationContext application;
    private static int port;

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(
                new String[] {
                    "--maru.auth.jwt.secret=" + SECRET,
                    "--maru.auth.jwt.issuer=https://login.example",
                    "--maru.auth.jwt.audience=maru",
                    "--maru.rules[0].destination=/topic/ops",
                    "--maru.rules[0].roles=OPS"
                },
                Plain.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void takesATokenInConnect() throws JOSEException {
        try (TestClient client = TestClient.connected(port, bearer(signed(claims("jane"))))) {
            assertThat(client.await(StompCommand.CONNECTED)).contains("user-name:jane");
        }
    }

    @Test
    void takesATokenAtTheHandshake() throws JOSEException {
        StompTestClient client = handshake(signed(claims("jane")));
        client.connect();
        assertThat(registry().connectionsOf("jane")).isPositive();
        client.close();
    }

    @Test
    void refusesABadTokenAtTheHandshake() {
        assertThatThrownBy(() -> handshake("e30.e30.e30"))
                .isInstanceOf(HandshakeRefusedException.class)
                .hasMessageContaining("401");
    }

    @Test
    void letsNobodyInWithoutAToken() {
        try (TestClient client = TestClient.open(port, "/ws")) {
            client.send(StompCommand.CONNECT, "", "accept-version:1.2", "host:x", "login:jane", "passcode:secret");
            assertThat(client.await(StompCommand.ERROR)).contains("message:not-authenticated");
            client.awaitClose();
        }
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refusesATokenThatIsNotGood(String what, String token) {
        try (TestClient client = TestClient.open(port, "/ws")) {
            client.send(StompCommand.CONNECT, "", "accept-version:1.2", "host:x", bearer(token));
            assertThat(client.await(StompCommand.ERROR)).as(what).contains("message:invalid-token");
            client.awaitClose();
        }
    }

    static List<Object[]> badTokens() throws JOSEException {
        String good = signed(claims("jane"));
        String[] parts = good.split("\\.");
        String other = base64("{\"sub\":\"admin\",\"iss\":\"https://login.example\",\"aud\":\"maru\"}");
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        return List.of(
                new Object[] {"alg none", new PlainJWT(claims("jane").build()).serialize()},
                new Object[] {
                    "alg none with a signature", base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]
                },
                new Object[] {"alg None", base64("{\"alg\":\"None\"}") + "." + parts[1] + "."},
                new Object[] {"forged claims", parts[0] + "." + other + "." + parts[2]},
                new Object[] {"no signature", parts[0] + "." + parts[1] + "."},
                new Object[] {"another key", signed(claims("jane"), new MACSigner(SECRET + "!"), JWSAlgorithm.HS256)},
                new Object[] {"another kind of key", signed(claims("jane"), new RSASSASigner(rsa), JWSAlgorithm.RS256)},
                new Object[] {"expired", signed(claims("jane").expirationTime(in(-1)))},
                new Object[] {"not valid yet", signed(claims("jane").notBeforeTime(in(3600)))},
                new Object[] {"no end", signed(claims("jane").expirationTime(null))},
                new Object[] {
                    "no end, but a start",
                    signed(claims("jane").expirationTime(null).issueTime(in(-1)))
                },
                new Object[] {"not issued yet", signed(claims("jane").issueTime(in(600)))},
                new Object[] {"ends in years", signed(claims("jane").expirationTime(in(100 * 24 * 3600)))},
                new Object[] {
                    "issued long ago",
                    signed(claims("jane").issueTime(in(-91 * 24 * 3600)).expirationTime(in(3600)))
                },
                new Object[] {"another audience", signed(claims("jane").audience("other"))},
                new Object[] {"another issuer", signed(claims("jane").issuer("https://evil.example"))},
                new Object[] {"no user", signed(claims("").subject(null))},
                new Object[] {"a name with a line break", signed(claims("jane\nadmin"))},
                new Object[] {"no token", "x.y.z"},
                new Object[] {"nothing known", "secret"});
    }

    @Test
    void closesTheConnectionWhenTheTokenEnds() throws JOSEException {
        try (TestClient client =
                TestClient.connected(port, bearer(signed(claims("jane").expirationTime(in(2)))))) {
            assertThat(client.awaitClose()).isEqualTo(4010);
        }
    }

    @Test
    void renewsASessionInBand() throws JOSEException {
        try (TestClient client =
                TestClient.connected(port, bearer(signed(claims("kim").expirationTime(in(2)))))) {
            client.sendTo("/app/auth/renew", "", bearer(signed(claims("kim").jwtID("kim-2"))), "receipt:renewed");
            client.await(StompCommand.RECEIPT, "receipt-id:renewed");
            Instant end = Instant.now().plusMillis(2500);
            Awaitility.await().until(() -> Instant.now().isAfter(end));
            client.sendTo("/topic/any", "", "receipt:alive");
            client.await(StompCommand.RECEIPT, "receipt-id:alive");
            revocations().revokeToken("kim-2");
            assertThat(client.awaitClose()).isEqualTo(4011);
        }
    }

    @Test
    void renewsNoSessionForAnotherUser() throws JOSEException {
        try (TestClient client = TestClient.connected(port, bearer(signed(claims("kim"))))) {
            client.sendTo("/app/auth/renew", "", bearer(signed(claims("jane"))));
            assertThat(client.await(StompCommand.ERROR)).contains("message:another-user");
        }
    }

    @Test
    void closesTheConnectionsOfARevokedUser() throws JOSEException {
        try (TestClient client = TestClient.connected(port, bearer(signed(claims("lee"))))) {
            registry().revokeUser("lee");
            assertThat(client.awaitClose()).isEqualTo(4011);
        }
    }

    @Test
    void keepsARevokedTokenOutUntilItEnds() throws JOSEException {
        String token = signed(claims("park").jwtID("park-1"));
        try (TestClient client = TestClient.connected(port, bearer(token))) {
            revocations().revokeToken("park-1");
            assertThat(client.awaitClose()).isEqualTo(4011);
        }
        assertRevoked(token);
        TestClient.connected(port, bearer(signed(claims("park").jwtID("park-2"))))
                .close();
    }

    @Test
    void keepsTheOlderTokensOfARevokedUserOut() throws JOSEException {
        String old = signed(claims("choi").issueTime(in(-5)));
        String undated = signed(claims("choi"));
        TestClient.connected(port, bearer(old)).close();
        revocations().revokeUser("choi");
        assertRevoked(old);
        assertRevoked(undated);
        TestClient.connected(port, bearer(signed(claims("choi").issueTime(in(5)))))
                .close();
    }

    private static void assertRevoked(String token) {
        try (TestClient client = TestClient.open(port, "/ws")) {
            client.send(StompCommand.CONNECT, "", "accept-version:1.2", "host:x", bearer(token));
            assertThat(client.await(StompCommand.ERROR)).contains("message:session-revoked");
        }
    }

    @Test
    void letsTokensWithoutAnEndInWhereThatIsAskedForAndEndsThemAllTheSame() throws JOSEException {
        String[] settings = {
            "--maru.auth.jwt.secret=" + SECRET, "--maru.auth.jwt.require-exp=false", "--maru.auth.jwt.max-lifetime=3s"
        };
        try (var running = RunningTutorial.start(settings, Plain.class)) {
            String endless = signed(claims("jane").expirationTime(null).issueTime(in(0)));
            try (TestClient client = TestClient.connected(RunningTutorial.port(running), bearer(endless))) {
                assertThat(client.awaitClose()).isEqualTo(4010);
            }
        }
    }

    @Test
    void asksRulesForTheRolesOfAToken() throws JOSEException {
        try (TestClient ops =
                        TestClient.connected(port, bearer(signed(claims("jane").claim("roles", List.of("OPS")))));
                TestClient other = TestClient.connected(port, bearer(signed(claims("kim"))))) {
            ops.subscribe("ops", "/topic/ops");
            other.send(StompCommand.SUBSCRIBE, "", "id:ops", "destination:/topic/ops");
            assertThat(other.await(StompCommand.ERROR)).contains("message:forbidden");
        }
    }

    @Test
    void believesAPublicKey(@TempDir Path folder) throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        Path pem = folder.resolve("key.pem");
        String encoded =
                Base64.getMimeEncoder().encodeToString(key.toECPublicKey().getEncoded());
        Files.writeString(pem, "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
        String[] settings = {"--maru.auth.jwt.public-key-location=" + pem.toUri()};
        try (var running = RunningTutorial.start(settings, Plain.class)) {
            int there = RunningTutorial.port(running);
            String good = signed(claims("jane"), new ECDSASigner(key), JWSAlgorithm.ES256);
            TestClient.connected(there, bearer(good)).close();
            String confused = signed(claims("jane"), new MACSigner(Files.readAllBytes(pem)), JWSAlgorithm.HS256);
            try (TestClient client = TestClient.open(there, "/ws")) {
                client.send(StompCommand.CONNECT, "", "accept-version:1.2", "host:x", bearer(confused));
                assertThat(client.await(StompCommand.ERROR)).contains("message:invalid-token");
            }
        }
    }

    @Test
    void fetchesPublishedKeysAndIsNotMadeToFetchThemForEachUnknownOne() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        AtomicInteger fetched = new AtomicInteger();
        HttpServer keys = publish(new JWKSet(key).toString(), fetched);
        String[] settings = {
            "--maru.auth.jwt.jwk-set-uri=http://localhost:" + keys.getAddress().getPort() + "/keys"
        };
        try (var running = RunningTutorial.start(settings, Plain.class)) {
            int there = RunningTutorial.port(running);
            String good = signed(claims("jane"), new RSASSASigner(key), JWSAlgorithm.RS256, "one");
            TestClient.connected(there, bearer(good)).close();
            TestClient.connected(there, bearer(good)).close();
            assertThat(fetched).hasValue(1);
            for (int i = 0; i < 5; i++) {
                RSAKey stranger =
                        new RSAKeyGenerator(2048).keyID("unknown-" + i).generate();
                String forged =
                        signed(claims("jane"), new RSASSASigner(stranger), JWSAlgorithm.RS256, stranger.getKeyID());
                try (TestClient client = TestClient.open(there, "/ws")) {
                    client.send(StompCommand.CONNECT, "", "accept-version:1.2", "host:x", bearer(forged));
                    client.await(StompCommand.ERROR);
                }
            }
            assertThat(fetched).hasValueLessThan(4);
        } finally {
            keys.stop(0);
        }
    }

    private static HttpServer publish(String json, AtomicInteger fetched) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetched.incrementAndGet();
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static SessionRegistry registry() {
        return application.getBean(Engine.class).registry();
    }

    private static TokenRevocations revocations() {
        return application.getBean(TokenRevocations.class);
    }

    private static StompTestClient handshake(String token) {
        return StompTestClient.at(TestClient.uri(port, "/ws"))
                .header("Authorization", "Bearer " + token)
                .open();
    }

    private static String bearer(String token) {
        return "Authorization:Bearer " + token;
    }

    private static JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder()
                .subject(user)
                .issuer("https://login.example")
                .audience("maru")
                .expirationTime(in(3600));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, new MACSigner(SECRET), JWSAlgorithm.HS256);
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSSigner signer, JWSAlgorithm algorithm)
            throws JOSEException {
        return signed(claims, signer, algorithm, null);
    }

    private static String signed(JWTClaimsSet.Builder claims, JWSSigner signer, JWSAlgorithm algorithm, String keyId)
            throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(keyId)
                .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
