package dev.maru.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.testkit.EventStreamClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tokens of another issuer may not do, and log-ins that end because of others, over real sockets. */
class TokensIT {
    private static final String SECRET = "shared with another issuer, 32 bytes or more";

    @TempDir
    private Path data;

    private RunningServer server;
    private String admin;

    @BeforeEach
    void start() throws IOException {
        start("");
    }

    private void start(String adminRole) throws IOException {
        server = RunningServer.start(
                data,
                "--maru.access=accounts",
                "--maru.limits.logins-per-account=1",
                "--maru.auth.jwt.secret=" + SECRET,
                adminRole);
        admin = "Bearer " + Files.readString(data.resolve("admin-token")).strip();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void administersNothingUnlessTheOperatorNamesTheRole() throws Exception {
        String boss = bearer(claims("lee").claim("roles", List.of("ADMIN", "CHAT_OPS")));
        String other = bearer(claims("kim").claim("roles", List.of("ADMIN")));
        assertThat(call("GET", "/api/rooms", boss, "").status()).isEqualTo(200);
        assertThat(call("GET", "/api/admin/accounts", boss, "").status()).isEqualTo(403);
        assertThat(call("GET", "/actuator/prometheus", boss, "").status()).isEqualTo(403);
        stop();
        start("--maru.auth.jwt.admin-role=CHAT_OPS");
        assertThat(call("GET", "/api/admin/accounts", boss, "").status()).isEqualTo(200);
        assertThat(call("GET", "/api/admin/accounts", other, "").status()).isEqualTo(403);
    }

    @Test
    void makesNoTokenOfAnAccountOfTheSameName() throws JOSEException {
        createAdmin();
        String namesake = bearer(claims("boss"));
        assertThat(call("POST", "/api/tokens", namesake, "{\"name\":\"mine\"}").status())
                .isEqualTo(404);
    }

    @Test
    void isNotTakenForALogInWhoseIdItBears() throws JOSEException {
        createAdmin();
        String cookie = logIn();
        String made = call("POST", "/api/tokens", cookie, "{\"name\":\"bot\"}")
                .json()
                .at("/id")
                .stringValue();
        HttpAnswer answer = call("GET", "/api/session", bearer(claims("mallory").jwtID(made)), "");
        assertThat(answer.json().at("/user/name").stringValue()).isEqualTo("mallory");
    }

    @Test
    void staysOutOnceItIsRevokedEvenAfterARestart() throws Exception {
        String token = bearer(claims("lee").jwtID("token-1"));
        try (StompClient client = connect(token)) {
            assertThat(revoke("{\"token\":\"token-1\"}")).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(4011);
        }
        assertThat(call("GET", "/api/rooms", token, "").status()).isEqualTo(401);
        stop();
        start("");
        assertThat(call("GET", "/api/rooms", token, "").status()).isEqualTo(401);
        assertThat(call("GET", "/api/rooms", bearer(claims("lee").jwtID("token-2")), "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void staysOutOnceItsUserIsRevokedAsDoesATicketForIt() throws JOSEException {
        String old = bearer(claims("lee").issueTime(in(-10)));
        String ticket =
                call("POST", "/api/tickets", old, "").json().at("/ticket").stringValue();
        assertThat(revoke("{\"user\":\"lee\"}")).isEqualTo(204);
        assertThat(call("GET", "/api/rooms", old, "").status()).isEqualTo(401);
        assertThat(call("GET", "/api/rooms", bearer(claims("lee").issueTime(in(2))), "")
                        .status())
                .isEqualTo(200);
        URI stream =
                URI.create("http://localhost:" + server.port() + "/sse?destination=/topic/public&ticket=" + ticket);
        try (EventStreamClient client = EventStreamClient.open(stream)) {
            assertThat(client.response().statusCode()).isEqualTo(401);
        }
    }

    @Test
    void isRevokedByTheAdminAndByNameOnly() throws JOSEException {
        for (String body : new String[] {"{}", "{\"user\":\"\"}", "{\"user\":\"a\",\"token\":\"b\"}"}) {
            assertThat(revoke(body)).as(body).isEqualTo(400);
        }
        assertThat(call("POST", "/api/admin/revocations", bearer(claims("lee")), "{\"user\":\"kim\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void closesTheConnectionsOfALogInThatEndsForAnother() {
        createAdmin();
        try (StompClient first = StompClient.open(server.http(), server.port(), null, "Cookie", logIn())) {
            first.frame("CONNECT\naccept-version:1.2\nhost:x", "");
            first.await("CONNECTED", frame -> true);
            logIn();
            assertThat(first.closeCode()).isEqualTo(4011);
        }
    }

    private int revoke(String body) {
        return call("POST", "/api/admin/revocations", admin, body).status();
    }

    private void createAdmin() {
        String account = "{\"name\":\"boss\",\"password\":\"correct horse\",\"roles\":[\"ADMIN\"]}";
        assertThat(call("POST", "/api/admin/accounts", admin, account).status()).isEqualTo(201);
    }

    private String logIn() {
        HttpAnswer answer = server.post("/api/session", "{\"name\":\"boss\",\"password\":\"correct horse\"}");
        assertThat(answer.status()).isEqualTo(200);
        return answer.header("set-cookie").split(";")[0];
    }

    private StompClient connect(String bearer) {
        StompClient client = StompClient.open(server.http(), server.port(), null);
        client.frame("CONNECT\naccept-version:1.2\nhost:x\nAuthorization:" + bearer, "");
        client.await("CONNECTED", frame -> true);
        return client;
    }

    private static JWTClaimsSet.Builder claims(String user) {
        return new JWTClaimsSet.Builder().subject(user).expirationTime(in(600));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static String bearer(JWTClaimsSet.Builder claims) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        token.sign(new MACSigner(SECRET));
        return "Bearer " + token.serialize();
    }

    /** With this in Authorization, or in Cookie. */
    private HttpAnswer call(String method, String path, String credential, String body) {
        return server.answer(server.request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header(credential.startsWith("Bearer ") ? "Authorization" : "Cookie", credential)
                .build());
    }
}
