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
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it starts: anybody under any nickname, and a token for the admin all the same. */
class WithoutAccountsIT {

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatAnybodyMayComeIn() {
        assertThat(server.get("/api/session").body()).isEqualTo("{\"access\":\"open\",\"user\":null}");
        HttpAnswer answer = server.post("/api/session", "{\"name\":\"jane\",\"password\":\"whatever\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("no-accounts");
        assertThat(server.get("/api/rooms").status()).isEqualTo(200);
    }

    @Test
    void takesNobodyForAUserBecauseTheySaySo() {
        String claims = "login:jane\npasscode:secret\nAuthorization:Bearer maru_t_anything";
        try (StompClient client = StompClient.open(
                server.http(),
                server.port(),
                null,
                "Cookie",
                "maru-session=maru_s_anything",
                "Authorization",
                "Bearer maru_t_anything")) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x\n" + claims, "");
            assertThat(client.await("CONNECTED", frame -> true).header("user-name"))
                    .isNull();
            client.subscribed("l", "/topic/public");
            client.send("/app/chat/sendMessage", "{\"sender\":\"nick\",\"message\":\"hi\"}");
            assertThat(client.message("l").text("sender")).isEqualTo("nick");
        }
    }

    @Test
    void sendsNothingToSomebodyBecauseOfANickname() {
        try (StompClient client = server.connect()) {
            client.subscribe("u", "/user/nick/queue/errors");
            assertThat(client.error().header("message")).isEqualTo("forbidden");
        }
        try (StompClient client = server.connect()) {
            client.send("/user/nick/queue/errors", "hi");
            assertThat(client.error().header("message")).isEqualTo("forbidden");
        }
    }

    @Test
    void isAdministeredWithTheTokenInTheDataFolderOnly() throws IOException {
        assertThat(server.get("/api/admin/api-keys").status()).isEqualTo(401);
        assertThat(get("/api/admin/api-keys", "Bearer " + "x".repeat(50)).status())
                .isEqualTo(401);
        String token = Files.readString(data.resolve("admin-token")).strip();
        assertThat(get("/api/admin/api-keys", "Bearer " + token).body()).isEqualTo("{\"keys\":[]}");
        assertThat(get("/api/admin/accounts", "Bearer " + token).body()).isEqualTo("{\"accounts\":[]}");
    }

    @Test
    void takesNoTokenOfAnotherIssuerForAUser(@TempDir Path other) throws JOSEException {
        String secret = "shared with another issuer, 32 bytes or more";
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("lee")
                        .claim("roles", List.of("ADMIN"))
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        token.sign(new MACSigner(secret));
        try (RunningServer open = RunningServer.start(other, "--maru.auth.jwt.secret=" + secret)) {
            String bearer = "Bearer " + token.serialize();
            assertThat(get(open, "/api/session", bearer).body()).isEqualTo("{\"access\":\"open\",\"user\":null}");
            assertThat(get(open, "/api/admin/api-keys", bearer).status()).isEqualTo(401);
            try (StompClient client = StompClient.open(open.http(), open.port(), null, "Authorization", bearer)) {
                client.frame("CONNECT\naccept-version:1.2\nhost:x\nAuthorization:" + bearer, "");
                assertThat(client.await("CONNECTED", frame -> true).header("user-name"))
                        .isNull();
            }
        }
    }

    @Test
    void showsItsMetricsToTheAdminOnly() throws IOException {
        assertThat(server.get("/actuator/health").status()).isEqualTo(200);
        assertThat(server.get("/actuator/health/readiness").status()).isEqualTo(200);
        for (String path :
                new String[] {"/actuator/prometheus", "/actuator/prometheus/", "/actuator", "/actuator/env"}) {
            assertThat(server.get(path).status()).as(path).isEqualTo(401);
        }
        String token = Files.readString(data.resolve("admin-token")).strip();
        HttpAnswer metrics = get("/actuator/prometheus", "Bearer " + token);
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).contains("jvm_memory_used_bytes", "process_uptime_seconds");
        assertThat(get("/actuator/env", "Bearer " + token).status()).isEqualTo(404);
    }

    private static HttpAnswer get(String path, String authorization) {
        return get(server, path, authorization);
    }

    private static HttpAnswer get(RunningServer server, String path, String authorization) {
        HttpRequest request = server.request(path)
                .header("Authorization", authorization)
                .GET()
                .build();
        return server.answer(request);
    }
}
