package dev.maru.chat.autoconfigure;

import dev.maru.chat.ChatLimits;
import dev.maru.engine.presence.PresenceSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the chat.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param dataDir Folder of the embedded database; made if it is not there.
 * @param presence How long people who vanished count as present.
 * @param limits What the chat allows.
 * @param history How long messages are kept.
 * @param chat What the chat is to the application around it.
 */
@ConfigurationProperties("maru")
public record ChatProperties(
        @DefaultValue("./data") Path dataDir,
        @DefaultValue Presence presence,
        @DefaultValue Limits limits,
        @DefaultValue History history,
        @DefaultValue Chat chat) {

    /**
     * How long people who vanished count as present.
     *
     * @param grace After a connection was lost without a farewell. Zero: not at all.
     * @param awayAfterRestart After the start of the server, for those who were present when it stopped. Zero: not at
     *     all.
     */
    public record Presence(
            @DefaultValue("3s") Duration grace,
            @DefaultValue("30s") Duration awayAfterRestart) {

        PresenceSettings settings() {
            return new PresenceSettings(grace, awayAfterRestart);
        }
    }

    /**
     * What the chat is to the application around it.
     *
     * @param enabled Whether there is a chat at all.
     * @param guests Whether people who are not logged in take part, under nicknames that they pick.
     * @param membersOnly Whether only the members of a room may enter, read and write. Unused where the application has
     *     a ChatPermissions bean.
     * @param store Where the chat keeps its data. Unused where the application has a Database bean.
     * @param stomp The chat's STOMP destinations.
     * @param http The chat's HTTP API.
     */
    public record Chat(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("true") boolean guests,
            @DefaultValue("false") boolean membersOnly,
            @DefaultValue("auto") StorePlace store,
            @DefaultValue Stomp stomp,
            @DefaultValue Http http) {}

    /** Where the chat keeps its data. */
    public enum StorePlace {
        /** In the database of the application's DataSource if it has one, otherwise embedded. */
        AUTO,
        /** In the database of the application's DataSource. */
        DATA_SOURCE,
        /** In an embedded database in maru.data-dir. */
        EMBEDDED
    }

    /**
     * The chat's STOMP destinations.
     *
     * @param enabled Whether clients can chat by STOMP.
     */
    public record Stomp(@DefaultValue("true") boolean enabled) {}

    /**
     * The chat's HTTP API.
     *
     * @param enabled Whether there is one.
     * @param path What stands before its addresses.
     */
    public record Http(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/api") String path) {}

    /**
     * How long messages are kept.
     *
     * @param keep How long a message stays in the database before it moves to the archive in the data folder, for
     *     example 7d. Zero: for ever.
     */
    public record History(@DefaultValue("0") Duration keep) {
        public History {
            if (keep.isNegative()) {
                throw new IllegalArgumentException("maru.history.keep cannot be negative; 0 keeps messages for ever");
            }
        }
    }

    /**
     * What the chat allows. Every value must be positive.
     *
     * @param textSize Longest text of a message, in UTF-8.
     * @param rooms Most rooms in all.
     * @param heldMessages Most messages that wait for a decision of the moderation, a tenth of them of one author.
     * @param waitingEvents Most events that wait for the application's listeners.
     * @param newRoomsAnHour Most rooms that one address makes in an hour.
     * @param roomsByMessage Whether the first message to a room that does not exist makes it.
     */
    public record Limits(
            @DefaultValue("16KB") DataSize textSize,
            @DefaultValue("100000") int rooms,
            @DefaultValue("10000") int heldMessages,
            @DefaultValue("10000") int waitingEvents,
            @DefaultValue("100") int newRoomsAnHour,
            @DefaultValue("true") boolean roomsByMessage) {

        ChatLimits chat() {
            return new ChatLimits(Math.toIntExact(textSize.toBytes()), rooms, heldMessages, roomsByMessage);
        }
    }
}
