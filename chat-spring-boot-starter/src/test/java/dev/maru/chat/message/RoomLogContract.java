package dev.maru.chat.message;

import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.MessageLog;
import dev.maru.testkit.MessageLogContract;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The contract of a log for a stream of rooms, on a real database. */
public abstract class RoomLogContract extends MessageLogContract {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final String prefix;

    @TempDir
    private Path folder;

    private OpenChat chat;

    RoomLogContract(String prefix) {
        this.prefix = prefix;
    }

    abstract MessageLog log(OpenChat chat);

    OpenChat chat() {
        return chat;
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Override
    protected MessageLog open() {
        chat = OpenChat.in(folder);
        return log(chat);
    }

    @Override
    protected Fault conflict() {
        return SessionFault.CONFLICT;
    }

    @Override
    protected String destination() {
        return prefix + UUID.randomUUID();
    }
}
