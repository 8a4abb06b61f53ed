package dev.maru.chat.message;

import dev.maru.chat.store.OpenChat;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.util.concurrent.CompletionStage;

/** Events come with the messages that they tell of; as long as there is no other kind they stand at the same places. */
public class EventLogTest extends RoomLogContract {

    protected EventLogTest() {
        super(EventLog.PREFIX);
    }

    @Override
    MessageLog log(OpenChat chat) {
        return chat.store().eventLog();
    }

    @Override
    protected CompletionStage<StreamPosition> append(
            MessageLog log, String destination, String author, String clientMessageId, String text) {
        String room = destination.substring(EventLog.PREFIX.length());
        return chat().store()
                .messages()
                .talk(new TalkRequest(room, new Author(author, author), text, clientMessageId))
                .thenApply(Talked::position);
    }

    @Override
    protected String textOf(StoredMessage message) {
        return JSON.readTree(message.content().body()).at("/message/message").stringValue();
    }
}
