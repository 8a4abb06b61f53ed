package com.example.tutorial;

import com.example.tutorial.Wire.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Everything that holds on both brokers, to be run against one of them. Confined to the test's thread. */
abstract class AllChecks implements HttpChecks, FrameChecks, TutorialChecks {
    private final List<ChatClient> clients = new ArrayList<>();

    @AfterEach
    void closeClients() {
        clients.forEach(ChatClient::close);
    }

    @Override
    public ChatClient open(Way way) {
        return closedLater(ChatClient.opened(port(), way));
    }

    @Override
    public ChatClient connect(Way way) {
        return closedLater(ChatClient.connected(port(), way));
    }

    private ChatClient closedLater(ChatClient client) {
        clients.add(client);
        return client;
    }
}
