package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.destination.UserDestination;
import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
    private static final Instant FAR = Instant.now().plus(Duration.ofDays(1));

    private final Set<String> closedDestinations = ConcurrentHashMap.newKeySet();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final EngineFixture fixture = new EngineFixture(Engine.builder()
            .connectionsPerUser(2)
            .authenticator((session, connect) -> CompletableFuture.completedStage(user(session, connect)))
            .authorizer((session, command, destination, headers) -> authorize(destination))
            .listener(new SessionListener() {
                @Override
                public void onConnected(Session session, StompHeaders connect) {
                    sessions.add(session);
                }
            }));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void closesTheConnectionsOfARevokedUserAndNoOthers() {
        TestClient jane = log("jane", "a", null);
        TestClient kim = log("kim", "b", null);
        fixture.engine.registry().revokeUser("jane");
        awaitClosed(jane, CloseReason.SESSION_REVOKED);
        assertThat(kim.closed()).isNull();
        assertThat(fixture.engine.registry().connectionsOf("jane")).isZero();
        assertThat(log("jane", "c", null).closed()).isNull();
    }

    @Test
    void closesTheConnectionsOfARevokedCredentialAndNoOthersOfItsUser() {
        TestClient phone = log("jane", "phone", null);
        TestClient desk = log("jane", "desk", null);
        fixture.engine.registry().revokeCredential("phone");
        awaitClosed(phone, CloseReason.SESSION_REVOKED);
        assertThat(desk.closed()).isNull();
    }

    @Test
    void keepsOutWhatWasRevokedWhileItsConnectionWasOpening() {
        TestClient early = fixture.open();
        fixture.engine.registry().revokeCredential("phone");
        assertThat(refused(early, "jane", "phone")).isEqualTo("session-revoked");
        TestClient opened = fixture.open();
        fixture.engine.registry().revokeUser("kim");
        assertThat(refused(opened, "kim", "desk")).isEqualTo("session-revoked");
        assertThat(fixture.engine.registry().connectionsOf("kim")).isZero();
    }

    @Test
    void letsNobodyHaveMoreConnectionsThanTheLimit() {
        TestClient first = log("jane", "a", null);
        log("jane", "a", null);
        assertThat(fixture.engine.registry().full("jane")).isTrue();
        assertThat(refused(fixture.open(), "jane", "a")).isEqualTo("too-many-connections");
        first.drop(CloseReason.CONNECTION_LOST);
        assertThat(log("jane", "a", null).closed()).isNull();
    }

    @Test
    void closesAConnectionWhenItsCredentialEnds() {
        TestClient client = log("jane", "a", Instant.now().plusMillis(300));
        assertThat(client.closed()).isNull();
        awaitClosed(client, CloseReason.SESSION_EXPIRED);
    }

    @Test
    void letsNobodyInWithACredentialThatHasEnded() {
        TestClient client = fixture.open();
        client.send(StompCommand.CONNECT, "", connect("jane", "a", Instant.now().minusSeconds(1)));
        awaitClosed(client, CloseReason.SESSION_EXPIRED);
    }

    @Test
    void keepsAConnectionWhoseCredentialIsRenewed() {
        TestClient client = log("jane", "old", Instant.now().plusMillis(400));
        renew(known("jane", "new", FAR));
        Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> client.closed() == null);
        fixture.engine.registry().revokeCredential("old");
        client.settle(() -> {});
        assertThat(client.closed()).isNull();
        fixture.engine.registry().revokeCredential("new");
        awaitClosed(client, CloseReason.SESSION_REVOKED);
    }

    @Test
    void closesAConnectionWhoseCredentialIsRevokedWhileItIsRenewed() {
        TestClient client = log("jane", "old", FAR);
        client.settle(() -> CompletableFuture.runAsync(() -> {
                    fixture.engine.registry().renew(sessions.getFirst(), known("jane", "new", FAR));
                    fixture.engine.registry().revokeCredential("new");
                })
                .join());
        awaitClosed(client, CloseReason.SESSION_REVOKED);
    }

    @Test
    void isRenewedByTheSameUserOnly() {
        log("jane", "a", FAR);
        assertThat(fixture.engine.registry().renew(sessions.getFirst(), known("kim", "b", FAR)))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(IdentityFault.ANOTHER_USER));
    }

    @Test
    void endsASubscriptionThatIsNoLongerAllowedBeforeItsNextMessage() {
        TestClient client = log("jane", "a", null);
        subscribe(client, "errors", "/user/queue/errors");
        subscribe(client, "team", "/topic/team");
        subscribe(client, "all", "/topic/all");
        closedDestinations.add("/topic/team");
        fixture.engine.registry().reauthorizeUser("jane");
        fixture.publish("/topic/team", "secret");
        fixture.publish("/topic/all", "news");
        List<TestClient.Received> messages = client.awaitFrames(StompCommand.MESSAGE, 2);
        assertThat(messages.get(0).header("message")).isEqualTo("subscription-ended");
        assertThat(messages.get(0).header("subscription")).isEqualTo("errors");
        assertThat(messages.get(1).body()).isEqualTo("news");
        assertThat(client.closed()).isNull();
    }

    @Test
    void closesAClientThatDoesNotListenForErrorsWhenItsSubscriptionEnds() {
        TestClient client = log("jane", "a", null);
        subscribe(client, "team", "/topic/team");
        closedDestinations.add("/topic/team");
        assertThat(fixture.engine.registry().reauthorizeDestination("/topic/team"))
                .succeedsWithin(Duration.ofSeconds(5));
        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("subscription-ended");
        awaitClosed(client, CloseReason.REFUSED);
    }

    @Test
    void asksAboutPatternsWhichMayReachADestinationAndAboutNothingElse() {
        TestClient client = log("jane", "a", null);
        subscribe(client, "errors", "/user/queue/errors");
        subscribe(client, "pattern", "/topic/*");
        subscribe(client, "other", "/topic/other");
        closedDestinations.addAll(Set.of("/topic/*", "/topic/other"));
        assertThat(fixture.engine.registry().reauthorizeDestination("/topic/team"))
                .succeedsWithin(Duration.ofSeconds(5));
        fixture.publish("/topic/other", "still here");
        List<TestClient.Received> messages = client.awaitFrames(StompCommand.MESSAGE, 2);
        assertThat(messages.get(0).body()).contains("pattern");
        assertThat(messages.get(1).header("subscription")).isEqualTo("other");
    }

    @Test
    void letsNoPatternReachWhatIsSentToAnotherUser() {
        TestClient ann = log("ann", "a", null);
        TestClient eve = log("eve", "e", null);
        List<String> patterns =
                List.of("/user/*/queue/x", "/user/**", "/**", "/*/ann/queue/x", "/{a}/*/**", "/user*/**");
        patterns.forEach(pattern -> subscribe(eve, pattern, pattern));
        subscribe(ann, "own", "/user/queue/*");

        fixture.publish("/user/ann/queue/x", "for ann");
        fixture.publish("/user/eve/queue/y", "for eve");

        assertThat(ann.awaitFrame(StompCommand.MESSAGE).body()).isEqualTo("for ann");
        assertThat(eve.awaitFrame(StompCommand.MESSAGE).header("subscription")).isEqualTo("/user/**");
        assertThat(eve.frames(StompCommand.MESSAGE))
                .allMatch(message -> message.body().equals("for eve"));
    }

    @Test
    void takesNoNameForAPattern() {
        TestClient star = log("*", "a", null);
        subscribe(star, "0", "/user/queue/*");
        fixture.publish("/user/ann/queue/x", "for ann");
        fixture.publish(UserDestination.of("*", "/queue/x"), "for the star");
        assertThat(star.awaitFrame(StompCommand.MESSAGE).body()).isEqualTo("for the star");
    }

    private TestClient log(String name, String credential, @Nullable Instant end) {
        TestClient client = fixture.open();
        client.send(StompCommand.CONNECT, "", connect(name, credential, end));
        client.awaitFrame(StompCommand.CONNECTED);
        return client;
    }

    private String refused(TestClient client, String name, String credential) {
        client.send(StompCommand.CONNECT, "", connect(name, credential, null));
        return client.awaitFrame(StompCommand.ERROR).header("message");
    }

    private static String[] connect(String name, String credential, @Nullable Instant end) {
        return new String[] {
            "accept-version",
            "1.2",
            "host",
            "x",
            "heart-beat",
            "0,0",
            "login",
            name,
            "credential",
            credential,
            "end",
            end == null ? "" : end.toString()
        };
    }

    private static SessionUser user(Session session, StompHeaders connect) {
        String end = connect.get("end");
        return known(connect.get("login"), connect.get("credential"), end.isEmpty() ? null : Instant.parse(end));
    }

    private static SessionUser known(String name, String credential, @Nullable Instant end) {
        return new SessionUser(name, false, name, Set.of(), new Credential(credential, end));
    }

    private CompletionStage<?> authorize(String destination) {
        return closedDestinations.contains(destination)
                ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "not any more"))
                : CompletableFuture.completedStage(null);
    }

    private void renew(SessionUser user) {
        assertThat(fixture.engine.registry().renew(sessions.getFirst(), user)).succeedsWithin(Duration.ofSeconds(5));
    }

    private static void subscribe(TestClient client, String id, String destination) {
        client.send(StompCommand.SUBSCRIBE, "", "id", id, "destination", destination, "receipt", id);
        Awaitility.await()
                .until(() -> client.frames(StompCommand.RECEIPT).stream()
                        .anyMatch(receipt -> id.equals(receipt.header("receipt-id"))));
    }

    private static void awaitClosed(TestClient client, CloseReason reason) {
        Awaitility.await().untilAsserted(() -> assertThat(client.closed()).isEqualTo(reason));
    }
}
