package dev.maru.spring;

import dev.maru.engine.destination.OverflowPolicy;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the starter.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param endpoints Paths at which clients open STOMP connections over WebSocket or SockJS. Unused with
 *     EnableMaruMessageBroker, where the application's configurers name them.
 * @param allowedOrigins Origins that pages may connect from: exact ones, patterns such as https://*.example.org, or *
 *     for any. Empty: only pages that this server itself delivered. Unused with EnableMaruMessageBroker.
 * @param messaging Which destinations go where. Unused with EnableMaruMessageBroker.
 * @param queues Which destinations are queues, where each message waits until one consumer has acknowledged it.
 * @param overflow What becomes of messages for a subscriber that reads too slowly, on destinations without history. The
 *     first that fits a destination decides; without one the subscriber is disconnected.
 * @param limits What bounds each connection, and the queues.
 * @param sockJs How SockJS is served, where the application's configurers do not say otherwise.
 * @param websocket How messages travel over WebSocket.
 */
@ConfigurationProperties("maru")
public record MaruProperties(
        @DefaultValue({"/ws", "/ws/chat"}) List<String> endpoints,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue Messaging messaging,
        @DefaultValue Queues queues,
        @DefaultValue List<Overflow> overflow,
        @DefaultValue Limits limits,
        @DefaultValue SockJs sockJs,
        @DefaultValue WebSocket websocket) {

    /**
     * How messages travel over WebSocket.
     *
     * @param compression Whether clients that offer permessage-deflate may have it. A message is compressed once for
     *     all of its receivers, and idle connections hold nothing for it.
     * @param compressionThreshold Messages from this size on are compressed. Must be positive.
     */
    public record WebSocket(
            @DefaultValue("true") boolean compression,
            @DefaultValue("1KB") DataSize compressionThreshold) {}

    /**
     * Which destinations go where.
     *
     * @param applicationPrefixes Prefixes of the destinations whose messages go to annotated methods.
     * @param brokerPrefixes Prefixes of the destinations that the application may publish to. Empty: all.
     */
    public record Messaging(
            @DefaultValue("/app") List<String> applicationPrefixes,
            @DefaultValue({"/topic", "/queue"}) List<String> brokerPrefixes) {}

    /**
     * Which destinations are queues.
     *
     * @param patterns Ant patterns of the destinations that are queues. Empty: none, every subscriber gets everything.
     * @param deliveryAttempts How many consumers may get a message and not acknowledge it, before it is a dead letter.
     * @param deadLetters The queue that dead letters go to.
     */
    public record Queues(
            @DefaultValue List<String> patterns,
            @DefaultValue("5") int deliveryAttempts,
            @DefaultValue("/queue/dead-letter") String deadLetters) {}

    /**
     * What becomes of messages for a subscriber that reads too slowly.
     *
     * @param destination Ant pattern of the destinations; those of one user are /user/{name}/queue/prices, for example.
     * @param policy DISCONNECT; DROP_OLDEST or DROP_NEWEST, past what may wait; KEEP_LATEST lets only the newest message
     *     wait.
     */
    public record Overflow(String destination, OverflowPolicy policy) {}

    /**
     * How SockJS is served.
     *
     * @param heartBeat How often a client that waits for messages over HTTP is sent a sign of life. Zero: never.
     * @param disconnectDelay How long a session over HTTP outlives its last receiving request.
     * @param streamSize Size at which a streaming response ends and the client asks for the next one.
     * @param webSocket Whether WebSockets are offered.
     * @param cookieNeeded Whether responses keep a JSESSIONID cookie alive, which some load balancers need to be
     *     sticky.
     * @param clientLibraryUrl Where the page inside the iframe transports finds sockjs-client, in the version that the
     *     outer page uses.
     */
    public record SockJs(
            @DefaultValue("25s") Duration heartBeat,
            @DefaultValue("5s") Duration disconnectDelay,
            @DefaultValue("128KB") DataSize streamSize,
            @DefaultValue("true") boolean webSocket,
            @DefaultValue("false") boolean cookieNeeded,
            @DefaultValue("/sockjs/sockjs.min.js") String clientLibraryUrl) {}

    /**
     * What bounds each connection, and the queues. Every value must be positive but where zero is said to mean something.
     *
     * @param frameSize Longest STOMP frame.
     * @param frameHeaders Most headers in a STOMP frame.
     * @param headerLineSize Longest header line of a STOMP frame.
     * @param subscriptions Most subscriptions at a time.
     * @param subscriptionIdSize Longest id of a subscription.
     * @param unansweredFrames Frames that wait for their handling before reading pauses.
     * @param unsentSize What may wait for a slow reader before it is neither written to nor read from.
     * @param overflowMessages Most messages that wait for a slow reader of destinations whose policy lets messages wait,
     *     over all of its subscriptions.
     * @param overflowSize Most bytes of those messages.
     * @param unacknowledgedMessages Messages that a subscription may leave unacknowledged before delivery to it pauses.
     * @param openTransactions Most transactions that a connection has open at a time.
     * @param transactionFrames Most frames in a transaction.
     * @param transactionSize Most bytes in a transaction.
     * @param queueMessages Most messages that wait in one queue.
     * @param queueSize Most bytes that wait in one queue.
     * @param queues Most queues in which something waits.
     * @param replayMessages Most messages that a reconnecting client can catch up with.
     * @param historyCacheSize What is kept in memory of histories that were read lately, over all destinations. Zero:
     *     nothing.
     * @param lastMessages Most messages that a new subscription can ask for.
     * @param connectTimeout How long a new connection may wait before its CONNECT.
     * @param heartBeatSend Shortest interval at which the server sends heart-beats.
     * @param heartBeatReceive Interval at which the server wants heart-beats.
     * @param messagesPerSecond Frames that a client may send in the long run; past it reading pauses.
     * @param messageBurst Frames that a client may send at once; past it reading pauses, past ten times as many it is
     *     refused.
     * @param connectionsPerAddress Most connections from one address at a time. Loopback is exempt.
     * @param connectionsPerUser Most connections of one user, who is not anonymous, at a time.
     * @param sockJsSessions Most SockJS sessions over HTTP at an endpoint, those that are only remembered among them.
     * @param handshakeTimeout How long the head of a request may take to arrive, and then how long it may take to
     *     decide who may connect.
     * @param requestTimeout How long the rest of an HTTP request may take to arrive, and how long a connection may wait
     *     for its next request.
     * @param stallTimeout How long a client may take nothing of a response, or of a stream of events, before it is
     *     given up; twice as long at most.
     */
    public record Limits(
            @DefaultValue("256KB") DataSize frameSize,
            @DefaultValue("64") int frameHeaders,
            @DefaultValue("8KB") DataSize headerLineSize,
            @DefaultValue("500") int subscriptions,
            @DefaultValue("128B") DataSize subscriptionIdSize,
            @DefaultValue("256") int unansweredFrames,
            @DefaultValue("1MB") DataSize unsentSize,
            @DefaultValue("256") int overflowMessages,
            @DefaultValue("256KB") DataSize overflowSize,
            @DefaultValue("1000") int unacknowledgedMessages,
            @DefaultValue("16") int openTransactions,
            @DefaultValue("1000") int transactionFrames,
            @DefaultValue("1MB") DataSize transactionSize,
            @DefaultValue("100000") long queueMessages,
            @DefaultValue("64MB") DataSize queueSize,
            @DefaultValue("1000") int queues,
            @DefaultValue("10000") int replayMessages,
            @DefaultValue("32MB") DataSize historyCacheSize,
            @DefaultValue("200") int lastMessages,
            @DefaultValue("10s") Duration connectTimeout,
            @DefaultValue("1s") Duration heartBeatSend,
            @DefaultValue("10s") Duration heartBeatReceive,
            @DefaultValue("2000") int messagesPerSecond,
            @DefaultValue("4000") int messageBurst,
            @DefaultValue("1000") int connectionsPerAddress,
            @DefaultValue("50") int connectionsPerUser,
            @DefaultValue("10000") int sockJsSessions,
            @DefaultValue("10s") Duration handshakeTimeout,
            @DefaultValue("60s") Duration requestTimeout,
            @DefaultValue("30s") Duration stallTimeout) {

        public Limits {
            Positive.limit("frame-size", frameSize);
            Positive.limit("frame-headers", frameHeaders);
            Positive.limit("header-line-size", headerLineSize);
            Positive.limit("subscriptions", subscriptions);
            Positive.limit("subscription-id-size", subscriptionIdSize);
            Positive.limit("unanswered-frames", unansweredFrames);
            Positive.limit("unsent-size", unsentSize);
            Positive.limit("overflow-messages", overflowMessages);
            Positive.limit("overflow-size", overflowSize);
            Positive.limit("unacknowledged-messages", unacknowledgedMessages);
            Positive.limit("open-transactions", openTransactions);
            Positive.limit("transaction-frames", transactionFrames);
            Positive.limit("transaction-size", transactionSize);
            Positive.limit("queue-messages", queueMessages);
            Positive.limit("queue-size", queueSize);
            Positive.limit("queues", queues);
            Positive.limit("replay-messages", replayMessages);
            Positive.limit("last-messages", lastMessages);
            Positive.limit("connect-timeout", connectTimeout);
            Positive.limit("heart-beat-send", heartBeatSend);
            Positive.limit("heart-beat-receive", heartBeatReceive);
            Positive.limit("messages-per-second", messagesPerSecond);
            Positive.limit("message-burst", messageBurst);
            Positive.limit("connections-per-address", connectionsPerAddress);
            Positive.limit("connections-per-user", connectionsPerUser);
            Positive.limit("sock-js-sessions", sockJsSessions);
            Positive.limit("handshake-timeout", handshakeTimeout);
            Positive.limit("request-timeout", requestTimeout);
            Positive.limit("stall-timeout", stallTimeout);
        }
    }
}
