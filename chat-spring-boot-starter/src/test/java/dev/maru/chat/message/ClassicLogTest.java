package dev.maru.chat.message;

import dev.maru.chat.store.OpenChat;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What an application publishes is stored as its sender's talk. */
public class ClassicLogTest extends RoomLogContract {

    protected ClassicLogTest() {
        super(ClassicLog.PREFIX);
    }

    @Override
    MessageLog log(OpenChat chat) {
        return chat.store().classicLog();
    }

    @Override
    protected CompletionStage<StreamPosition> append(
            MessageLog log, String destination, String author, String clientMessageId, String text) {
        byte[] json = JSON.writeValueAsBytes(Map.of("sender", author, "message", text));
        return log.append(new LogEntry(destination, author, clientMessageId, MessageContent.json(json)));
    }

    @Override
    protected String textOf(StoredMessage message) {
        return JSON.readTree(message.content().body()).get("message").stringValue();
    }
}
