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
import dev.maru.server.support.StompMessage;
import dev.maru.testkit.EventStreamClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with accounts, and those who should not get in, over real sockets. */
class AccountsIT {
    private static final String SECRET = "shared with another issuer, 32 bytes or more";
    private static final String PASSWORD = "correct horse 말";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static String admin;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(
                data,
                "--maru.access=accounts",
                "--maru.auth.jwt.secret=" + SECRET,
                "--maru.rules[0].destination=/topic/ops",
                "--maru.rules[0].roles=OPS");
        admin = Files.readString(data.resolve("admin-token")).strip();
        create("jane", "Jane", "\"OPS\"");
        create("kim", "김", "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsTheAdminsTokenToTheOwnerOfTheFolder() throws IOException {
        assertThat(Files.getPosixFilePermissions(data.resolve("admin-token")))
                .hasToString("[OWNER_READ, OWNER_WRITE]")
                .hasSize(2);
        assertThat(admin).hasSizeGreaterThan(40);
    }

    @Test
    void saysHowPeopleGetInAndWhoAsks() {
        assertThat(server.get("/api/session").body()).isEqualTo("{\"access\":\"accounts\",\"user\":null}");
        HttpAnswer answer = call("GET", "/api/session", "", "Cookie", logIn("jane"));
        assertThat(answer.json().at("/user/name").stringValue()).isEqualTo("jane");
        assertThat(answer.json().at("/user/displayName").stringValue()).isEqualTo("Jane");
        assertThat(answer.json().at("/user/roles").toString()).isEqualTo("[\"OPS\",\"USER\"]");
    }

    @Test
    void letsNobodyUseTheApiWithoutALogIn() {
        for (String path : new String[] {
            "/api/rooms", "/api/rooms/lobby/messages", "/api/search?q=ab", "/api/tokens", "/%61pi/rooms", "/api/rooms/"
        }) {
            HttpAnswer answer = server.get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.json().at("/title").stringValue()).isEqualTo("not-authenticated");
        }
        for (String path : new String[] {"/api;x=1/rooms", "/api/rooms;a", "/x/../api/rooms", "//api/rooms"}) {
            assertThat(server.get(path).status()).as(path).isIn(400, 401, 404);
        }
        assertThat(call("GET", "/api/rooms", "", "Cookie", logIn("jane")).status())
                .isEqualTo(200);
    }

    @Test
    void setsACookieThatNoScriptReadsAndNoSiteSends() {
        HttpAnswer answer = post("jane", PASSWORD);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("set-cookie"))
                .startsWith("maru-session=maru_s_")
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
    }

    @Test
    void answersWrongNamesAndWrongPasswordsAlike() {
        HttpAnswer wrong = post("jane", "something else");
        HttpAnswer unknown = post("nobody-here", "something else");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body()).contains("bad-credentials");
    }

    @Test
    void stopsWhoGuessesAtAName() {
        create("target", "Target", "");
        for (int i = 0; i < 10; i++) {
            assertThat(post("target", "guess number " + i).status()).isEqualTo(401);
        }
        HttpAnswer answer = post("target", PASSWORD);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).contains("too-many-attempts");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 901);
    }

    @Test
    void neverTakesOverASessionThatTheClientBroughtAlong() {
        String planted = logIn("kim");
        HttpAnswer answer = call(
                "POST", "/api/session", "{\"name\":\"jane\",\"password\":\"" + PASSWORD + "\"}", "Cookie", planted);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("set-cookie")).doesNotContain(planted);
        assertThat(call("GET", "/api/rooms", "", "Cookie", planted).status()).isEqualTo(401);
        String made = "maru-session=maru_s_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assertThat(call("GET", "/api/rooms", "", "Cookie", made).status()).isEqualTo(401);
    }

    @Test
    void makesASenderOfWhoIsLoggedInWhateverTheBodyClaims() {
        createRoom("truth");
        try (StompClient jane = connect("jane")) {
            jane.subscribed("t", "/topic/public/truth");
            jane.sent("/app/chat/sendMessage", "{\"roomId\":\"truth\",\"sender\":\"boss\",\"message\":\"hi\"}");
            assertThat(jane.message("t").json().at("/sender").stringValue()).isEqualTo("Jane");
            jane.send("/app/chat/addUser", "{\"roomId\":\"truth\",\"sender\":\"boss\"}");
            assertThat(jane.message("t").json().at("/sender").stringValue()).isEqualTo("Jane");
        }
        HttpAnswer answer = call(
                "POST",
                "/api/rooms/truth/messages",
                "{\"sender\":\"boss\",\"message\":\"by http\"}",
                "Cookie",
                logIn("kim"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().at("/sender").stringValue()).isEqualTo("김");
    }

    @Test
    void letsNobodyConnectWithoutALogIn() {
        try (StompClient client = StompClient.open(server.http(), server.port(), null)) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x\nlogin:jane\nAuthorization:Basic amFuZTp4", "");
            assertThat(client.error().header("message")).isEqualTo("not-authenticated");
        }
    }

    @Test
    void refusesABadTokenInPasscodeAndABadCookie() {
        try (StompClient client = StompClient.open(server.http(), server.port(), null)) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x\npasscode:maru_t_forged", "");
            assertThat(client.error().header("message")).isEqualTo("invalid-token");
        }
        try (StompClient client = open("maru-session=maru_s_forged")) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x", "");
            assertThat(client.error().header("message")).isEqualTo("not-authenticated");
        }
    }

    @Test
    void refusesAForeignPageThatHasAValidCookie() {
        String cookie = logIn("jane");
        assertThat(handshakeStatus(cookie, "https://evil.example")).isEqualTo(403);
        assertThat(handshakeStatus(cookie, "null")).isEqualTo(403);
        assertThat(handshakeStatus(cookie, "http://localhost:" + server.port())).isEqualTo(101);
        assertThat(call("POST", "/api/rooms", "{\"name\":\"n\"}", "Cookie", cookie, "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(call("DELETE", "/api/session", "", "Cookie", cookie, "Origin", "null")
                        .status())
                .isEqualTo(403);
        assertThat(call("GET", "/api/rooms", "", "Cookie", cookie).status()).isEqualTo(200);
    }

    @Test
    void closesTheConnectionsOfALogInThatLogsOut() {
        String cookie = logIn("jane");
        try (StompClient here = connectWith(cookie);
                StompClient elsewhere = connect("jane")) {
            HttpAnswer answer = call("DELETE", "/api/session", "", "Cookie", cookie);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("set-cookie")).contains("maru-session=;", "Max-Age=0");
            assertThat(here.closeCode()).isEqualTo(4011);
            elsewhere.subscribed("alive", "/topic/public");
        }
        assertThat(call("GET", "/api/rooms", "", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void shutsADisabledAccountOutAtOnce() {
        create("leaver", "Leaver", "");
        String cookie = logIn("leaver");
        try (StompClient client = connectWith(cookie)) {
            assertThat(administer("POST", "/api/admin/accounts/leaver/disable", "")
                            .status())
                    .isEqualTo(200);
            assertThat(client.closeCode()).isEqualTo(4011);
        }
        assertThat(call("GET", "/api/rooms", "", "Cookie", cookie).status()).isEqualTo(401);
        assertThat(post("leaver", PASSWORD).status()).isEqualTo(401);
        administer("POST", "/api/admin/accounts/leaver/enable", "");
        assertThat(post("leaver", PASSWORD).status()).isEqualTo(200);
        assertThat(administer("DELETE", "/api/admin/accounts/leaver", "").status())
                .isEqualTo(204);
        assertThat(post("leaver", PASSWORD).status()).isEqualTo(401);
        assertThat(administer("POST", "/api/admin/accounts", account("leaver", "Another", ""))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void endsLogInsWithTheirPassword() {
        create("changer", "Changer", "");
        String cookie = logIn("changer");
        administer("POST", "/api/admin/accounts/changer/password", "{\"password\":\"another one 2\"}");
        assertThat(call("GET", "/api/rooms", "", "Cookie", cookie).status()).isEqualTo(401);
        assertThat(post("changer", PASSWORD).status()).isEqualTo(401);
        assertThat(post("changer", "another one 2").status()).isEqualTo(200);
    }

    @Test
    void refusesRoomsThatDoNotExist() {
        try (StompClient jane = connect("jane")) {
            jane.subscribed("errors", "/user/queue/errors");
            jane.subscribe("x", "/topic/public/nowhere");
            assertThat(jane.message("errors").header("message")).isEqualTo("unknown-room");
            jane.send("/app/chat/sendMessage", "{\"roomId\":\"nowhere\",\"message\":\"hi\"}");
            assertThat(jane.message("errors").header("message")).isEqualTo("unknown-room");
            jane.send("/app/chat/addUser", "{\"roomId\":\"nowhere\"}");
            assertThat(jane.message("errors").header("message")).isEqualTo("unknown-room");
        }
    }

    @Test
    void asksRulesForTheRolesOfAnAccount() {
        try (StompClient jane = connect("jane");
                StompClient kim = connect("kim")) {
            jane.subscribed("ops", "/topic/ops");
            kim.subscribe("ops", "/topic/ops");
            assertThat(kim.error().header("message")).isEqualTo("forbidden");
        }
    }

    @Test
    void givesAUserTokensForProgramsAndTakesThemBack() {
        String cookie = logIn("jane");
        HttpAnswer made = call("POST", "/api/tokens", "{\"name\":\"bot\",\"days\":1}", "Cookie", cookie);
        assertThat(made.status()).isEqualTo(201);
        String token = made.json().at("/token").stringValue();
        String id = made.json().at("/id").stringValue();
        assertThat(call("GET", "/api/rooms", "", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(call("GET", "/api/tokens", "", "Cookie", cookie).body())
                .contains(id)
                .doesNotContain(token);
        assertThat(call("DELETE", "/api/tokens/" + id, "", "Cookie", logIn("kim"))
                        .status())
                .isEqualTo(404);
        try (StompClient bot = StompClient.open(server.http(), server.port(), null)) {
            bot.frame("CONNECT\naccept-version:1.2\nhost:x\npasscode:" + token, "");
            StompMessage connected = bot.await("CONNECTED", frame -> true);
            assertThat(connected.header("user-name")).isEqualTo("jane");
            assertThat(call("DELETE", "/api/tokens/" + id, "", "Cookie", cookie).status())
                    .isEqualTo(204);
            assertThat(bot.closeCode()).isEqualTo(4011);
        }
        assertThat(call("GET", "/api/rooms", "", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void knowsTheUsersOfAnotherIssuerButNobodyWhoIsShutOutHere() throws JOSEException {
        createRoom("issued");
        String lee = token("lee", "Lee");
        try (StompClient client = StompClient.open(server.http(), server.port(), null)) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x\nAuthorization:Bearer " + lee, "");
            assertThat(client.await("CONNECTED", frame -> true).header("user-name"))
                    .isEqualTo("lee");
            client.subscribed("i", "/topic/public/issued");
            client.sent("/app/chat/message/issued", "{\"sender\":\"boss\",\"message\":\"hi\"}");
            assertThat(client.message("i").json().at("/sender").stringValue()).isEqualTo("Lee");
        }
        assertThat(call("GET", "/api/rooms", "", "Authorization", "Bearer " + lee)
                        .status())
                .isEqualTo(200);
        create("gone", "Gone", "");
        administer("DELETE", "/api/admin/accounts/gone", "");
        String gone = token("gone", "Gone");
        assertThat(call("GET", "/api/rooms", "", "Authorization", "Bearer " + gone)
                        .status())
                .isEqualTo(401);
        try (StompClient client = StompClient.open(server.http(), server.port(), null)) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x\npasscode:" + gone, "");
            assertThat(client.error().header("message")).isEqualTo("session-revoked");
        }
    }

    private static String token(String user, String displayName) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(user)
                        .claim("name", displayName)
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }

    @Test
    void letsATicketInOnce() {
        assertThat(server.post("/api/tickets", "").status()).isEqualTo(401);
        String ticket = call("POST", "/api/tickets", "", "Cookie", logIn("kim"))
                .json()
                .at("/ticket")
                .stringValue();
        URI stream =
                URI.create("http://localhost:" + server.port() + "/sse?destination=/topic/public&ticket=" + ticket);
        try (EventStreamClient first = EventStreamClient.open(stream);
                EventStreamClient second = EventStreamClient.open(stream)) {
            assertThat(first.response().statusCode()).isEqualTo(200);
            assertThat(second.response().statusCode()).isEqualTo(401);
        }
    }

    @Test
    void keepsAdministrationToTheAdmin() {
        assertThat(server.get("/api/admin/accounts").status()).isEqualTo(401);
        assertThat(call("GET", "/api/admin/accounts", "", "Cookie", logIn("jane"))
                        .status())
                .isEqualTo(403);
        assertThat(call("GET", "/api/admin/accounts", "", "Authorization", "Bearer " + admin + "x")
                        .status())
                .isEqualTo(401);
        assertThat(administer("GET", "/api/admin/accounts", "").body())
                .contains("\"jane\"")
                .doesNotContain("$2a$", "password");
        assertThat(administer("GET", "/api/rooms", "").status()).isEqualTo(403);
    }

    @Test
    void publishesForServersThatHaveAKey() {
        HttpAnswer made = administer("POST", "/api/admin/api-keys", "{\"name\":\"ci\"}");
        String key = made.json().at("/key").stringValue();
        try (StompClient jane = connect("jane")) {
            jane.subscribed("ops", "/topic/ops");
            String publication = "{\"destination\":\"/topic/ops\",\"body\":{\"build\":7},\"headers\":{\"x\":\"y\"}}";
            assertThat(server.post("/api/publish", publication).status()).isEqualTo(401);
            assertThat(call("POST", "/api/publish", publication, "Cookie", logIn("jane"))
                            .status())
                    .isEqualTo(403);
            assertThat(call("POST", "/api/publish", publication, "Authorization", "Bearer " + key)
                            .body())
                    .isEqualTo("{\"position\":null}");
            StompMessage message = jane.message("ops");
            assertThat(message.body()).isEqualTo("{\"build\":7}");
            assertThat(message.header("x")).isEqualTo("y");
        }
        for (String closed : Set.of(
                "/topic/public/lobby",
                "/topic/rooms",
                "/app/chat/message",
                "/user/jane/queue/x",
                "/topic/*",
                "topic",
                "/topic/")) {
            assertThat(call(
                                    "POST",
                                    "/api/publish",
                                    "{\"destination\":\"" + closed + "\"}",
                                    "Authorization",
                                    "Bearer " + key)
                            .status())
                    .as(closed)
                    .isEqualTo(400);
        }
        String id = made.json().at("/id").stringValue();
        assertThat(administer("GET", "/api/admin/api-keys", "").body())
                .contains(id)
                .doesNotContain(key);
        assertThat(administer("DELETE", "/api/admin/api-keys/" + id, "").status())
                .isEqualTo(204);
        assertThat(call("POST", "/api/publish", "{\"destination\":\"/topic/ops\"}", "Authorization", "Bearer " + key)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesAccountsThatAreNone() {
        for (String body : new String[] {
            account("", "x", ""),
            account("a b", "x", ""),
            account("jane", "Other", ""),
            account("other", "JANE", ""),
            "{\"name\":\"short\",\"password\":\"1234567\"}",
            account("role", "Role", "\"not a role\"")
        }) {
            assertThat(administer("POST", "/api/admin/accounts", body).status())
                    .as(body)
                    .isIn(400, 409);
        }
    }

    private static HttpAnswer administer(String method, String path, String body) {
        return call(method, path, body, "Authorization", "Bearer " + admin);
    }

    private static void create(String name, String displayName, String roles) {
        HttpAnswer answer = administer("POST", "/api/admin/accounts", account(name, displayName, roles));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static String account(String name, String displayName, String roles) {
        return "{\"name\":\"" + name + "\",\"displayName\":\"" + displayName + "\",\"password\":\"" + PASSWORD
                + "\",\"roles\":[" + roles + "]}";
    }

    private static void createRoom(String id) {
        HttpAnswer answer =
                call("POST", "/api/rooms", "{\"id\":\"" + id + "\",\"name\":\"" + id + "\"}", "Cookie", logIn("jane"));
        assertThat(answer.status()).isEqualTo(201);
    }

    private static HttpAnswer post(String name, String password) {
        return server.post("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    /** Logs in; returns what the browser would send from now on. */
    private static String logIn(String name) {
        HttpAnswer answer = post(name, PASSWORD);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("set-cookie").split(";")[0];
    }

    private static StompClient connect(String name) {
        return connectWith(logIn(name));
    }

    private static StompClient connectWith(String cookie) {
        StompClient client = open(cookie);
        client.frame("CONNECT\naccept-version:1.2\nhost:localhost", "");
        client.await("CONNECTED", message -> true);
        return client;
    }

    private static StompClient open(String cookie) {
        return StompClient.open(server.http(), server.port(), null, "Cookie", cookie);
    }

    private static int handshakeStatus(String cookie, String origin) {
        return RawHandshake.status(server.port(), "Cookie: " + cookie + "\r\nOrigin: " + origin + "\r\n");
    }

    private static HttpAnswer call(String method, String path, String body, String... headers) {
        HttpRequest.BodyPublisher content = body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        return server.answer(server.request(path)
                .method(method, content)
                .header("Content-Type", "application/json")
                .headers(headers)
                .build());
    }
}
