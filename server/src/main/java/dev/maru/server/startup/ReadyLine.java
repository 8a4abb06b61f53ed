package dev.maru.server.startup;

import dev.maru.chat.autoconfigure.ChatProperties;
import dev.maru.server.access.AccessSettings;
import dev.maru.store.jdbc.Database;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says where to open the browser, once the server is ready.
 *
 * <p>Immutable; called by the thread that starts the server.
 */
@Component
final class ReadyLine {
    private static final Logger LOG = LoggerFactory.getLogger("dev.maru.server");

    private final AccessSettings access;
    private final ChatProperties chat;
    private final Database database;

    ReadyLine(AccessSettings access, ChatProperties chat, Database database) {
        this.access = access;
        this.chat = chat;
        this.database = database;
    }

    @EventListener
    void onReady(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            LOG.info("Maru is ready: {} {}. Data: {}", address(context.getWebServer()), audience(), data());
        }
    }

    private String address(WebServer server) {
        return access.publicUrl() != null ? access.publicUrl().toString() : "http://localhost:" + server.getPort();
    }

    private String data() {
        Path folder = chat.dataDir().toAbsolutePath().normalize();
        return database.isShared() ? database.place() + "; files: " + folder : folder.toString();
    }

    private String audience() {
        return switch (access.mode()) {
            case THIS_COMPUTER -> "(this computer only; --maru.access=open lets others in)";
            case OPEN -> "(open: whoever reaches it may join under any name)";
            case ACCOUNTS -> "(for those with an account; whoever reads admin-token in the data folder makes them)";
        };
    }
}
