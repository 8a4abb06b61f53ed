package com.example.shop;

import dev.maru.chat.access.ChatIdentity;
import dev.maru.chat.access.ChatPermissions;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.event.ChatEvent;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.moderation.ChatModeration;
import dev.maru.chat.moderation.Verdict;
import dev.maru.chat.room.NewRoom;
import dev.maru.chat.room.Rooms;
import java.security.Principal;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the shop says of its support chat: each customer has a room, and the agents are in all of them. */
@Component
class SupportChat implements ChatIdentity, ChatPermissions, ChatModeration {
    private static final String ROOM = "support-";
    private static final Pattern CARD_NUMBER = Pattern.compile("\\b\\d{4}([ -]?\\d{4}){2}[ -]?(\\d{4})\\b");

    private final Rooms rooms;
    private final Customers customers;
    private final JdbcClient jdbc;

    SupportChat(Rooms rooms, Customers customers, JdbcClient jdbc) {
        this.rooms = rooms;
        this.customers = customers;
        this.jdbc = jdbc;
    }

    /** The room of a customer, made when it is needed for the first time. */
    String roomOf(Customer customer) {
        String id = ROOM + customer.login();
        if (!rooms.exists(id).toCompletableFuture().join()) {
            rooms.create(new NewRoom(id, customer.fullName(), "shop"))
                    .handle((room, alreadyThere) -> id)
                    .toCompletableFuture()
                    .join();
        }
        return id;
    }

    @Override
    public Author author(Principal user) {
        Customer customer = customers.find(user.getName()).orElseThrow();
        return new Author("customer:" + customer.login(), customer.fullName());
    }

    @Override
    public boolean permits(Visitor who, RoomAction action, String roomId) {
        Principal user = who.user();
        return user != null && (roomId.equals(ROOM + user.getName()) || isAgent(user));
    }

    @Override
    public boolean seesEveryRoom(Visitor who) {
        Principal user = who.user();
        return user != null && isAgent(user);
    }

    /** Nobody's card number is kept, however it came to be written here. */
    @Override
    public Verdict review(Visitor who, TalkRequest message) {
        String masked = CARD_NUMBER.matcher(message.text()).replaceAll("****-$2");
        return masked.equals(message.text()) ? Verdict.PASS : Verdict.change(masked);
    }

    /** The shop's own table of who asked how often. */
    @EventListener
    void count(ChatEvent.MessageStored event) {
        jdbc.sql("INSERT INTO support_request (room, messages) VALUES (?, 1)"
                        + " ON CONFLICT (room) DO UPDATE SET messages = messages + 1")
                .param(event.message().roomId())
                .update();
    }

    private boolean isAgent(Principal user) {
        return customers.find(user.getName()).map(Customer::agent).orElse(false);
    }
}
