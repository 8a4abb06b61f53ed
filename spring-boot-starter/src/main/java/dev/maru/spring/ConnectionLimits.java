package dev.maru.spring;

import dev.maru.engine.fanout.OverflowLimits;
import dev.maru.engine.session.MessageRate;
import dev.maru.engine.session.SessionLimits;
import dev.maru.engine.session.TransactionLimits;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.sockjs.SockJsSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The limits of a connection: what the application's configurers set, and the properties for the rest. */
final class ConnectionLimits {

    private ConnectionLimits() {}

    static SessionLimits ofSession(MaruProperties.Limits properties, BrokerSettings.Limits set) {
        return new SessionLimits(
                properties.subscriptions(),
                bytes(properties.subscriptionIdSize()),
                properties.unansweredFrames(),
                either(set.sendBufferBytes(), bytes(properties.unsentSize())),
                properties.unacknowledgedMessages(),
                new TransactionLimits(
                        properties.openTransactions(),
                        properties.transactionFrames(),
                        bytes(properties.transactionSize())),
                properties.replayMessages(),
                properties.lastMessages(),
                either(set.firstMessage(), properties.connectTimeout()),
                either(set.heartBeatSend(), properties.heartBeatSend()),
                either(set.heartBeatReceive(), properties.heartBeatReceive()),
                new MessageRate(properties.messagesPerSecond(), properties.messageBurst()));
    }

    static OverflowLimits ofOverflow(MaruProperties.Limits properties) {
        return new OverflowLimits(properties.overflowMessages(), bytes(properties.overflowSize()));
    }

    static StompLimits ofFrames(MaruProperties.Limits properties, BrokerSettings.Limits set) {
        return new StompLimits(
                either(set.messageBytes(), bytes(properties.frameSize())),
                properties.frameHeaders(),
                bytes(properties.headerLineSize()));
    }

    static SockJsSettings ofSockJs(MaruProperties properties) {
        MaruProperties.SockJs set = properties.sockJs();
        return new SockJsSettings(
                set.heartBeat(),
                set.disconnectDelay(),
                bytes(set.streamSize()),
                properties.limits().sockJsSessions(),
                set.webSocket(),
                set.cookieNeeded(),
                set.clientLibraryUrl());
    }

    /** In bytes; zero for no compression. */
    static int compressionThreshold(MaruProperties.WebSocket properties) {
        return properties.compression() ? bytes(properties.compressionThreshold()) : 0;
    }

    private static int bytes(DataSize size) {
        return Math.toIntExact(size.toBytes());
    }

    private static <T> T either(@Nullable T set, T otherwise) {
        return Objects.requireNonNullElse(set, otherwise);
    }
}
