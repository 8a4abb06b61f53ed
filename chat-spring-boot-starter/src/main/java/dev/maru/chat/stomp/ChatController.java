package dev.maru.chat.stomp;

import dev.maru.chat.ChatFault;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.client.Permits;
import dev.maru.chat.client.TalkDesk;
import dev.maru.chat.client.Visitors;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Session;
import java.util.Objects;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The chat's application destinations. A message's type decides what happens, wherever it was sent; the destination
 * only says what is meant where there is none.
 *
 * <p>Methods return when what they append has its place in the order; the frame's receipt waits until it is stored.
 * Safe for any thread; called for one frame of a session after the other.
 */
@Controller
@MessageMapping("/chat")
final class ChatController {
    private final TalkDesk desk;
    private final Visitors visitors;
    private final Permits permits;
    private final RoomAllowance allowance;
    private final Room room;

    ChatController(TalkDesk desk, Visitors visitors, Permits permits, RoomAllowance allowance, Room room) {
        this.desk = desk;
        this.visitors = visitors;
        this.permits = permits;
        this.allowance = allowance;
        this.room = room;
    }

    /** What goes on in a room beside talk. */
    record Room(People people, Typing typing) {}

    @MessageMapping("/addUser")
    void addUser(@Payload ClassicMessage message, Session session) {
        handle(message, ClassicType.JOIN, session);
    }

    @MessageMapping({"/sendMessage", "/message"})
    void sendMessage(@Payload ClassicMessage message, Session session) {
        handle(message, ClassicType.TALK, session);
    }

    @MessageMapping("/message/{roomId}")
    void sendMessageTo(@DestinationVariable String roomId, @Payload ClassicMessage message, Session session) {
        handle(message.toRoom(roomId), ClassicType.TALK, session);
    }

    @MessageMapping("/leave")
    void leave(@Payload ClassicMessage message, Session session) {
        handle(message, ClassicType.LEAVE, session);
    }

    @MessageMapping("/typing")
    void typing(@Payload ClassicMessage message, Session session) {
        String roomId = message.room();
        String name = permitted(message, RoomAction.WRITE, session).name();
        room.typing().tell(session, roomId, name);
    }

    @MessageExceptionHandler({MessageConversionException.class, MethodArgumentNotValidException.class})
    void refuseUnreadable(Message<?> message) {
        boolean otherType = message.getHeaders().get(MessageHeaders.CONTENT_TYPE) instanceof MimeType type
                && !type.isCompatibleWith(MimeTypeUtils.APPLICATION_JSON);
        throw new Refusal(
                ChatFault.MALFORMED_JSON,
                otherType
                        ? "The content-type must be application/json."
                        : "The body is not the JSON object that is expected here.");
    }

    private void handle(ClassicMessage message, ClassicType byDefault, Session session) {
        switch (ClassicType.of(message.type(), byDefault)) {
            case JOIN ->
                room.people()
                        .join(
                                session,
                                message.room(),
                                permitted(message, RoomAction.ENTER, session).name());
            case LEAVE ->
                room.people()
                        .leave(session, message.room(), author(message, session).name());
            case TALK -> talk(message, session);
        }
    }

    private void talk(ClassicMessage message, Session session) {
        String roomId = message.room();
        Visitor who = visitors.of(session, message.nickname());
        TalkRequest request = new TalkRequest(roomId, authorOf(who), message.text(), message.clientMessageId());
        desk.talk(who, request, allowance.of(session.handshake().remoteAddress()));
    }

    private Author permitted(ClassicMessage message, RoomAction action, Session session) {
        String roomId = message.room();
        Visitor who = visitors.of(session, message.nickname());
        permits.require(who, action, roomId);
        return authorOf(who);
    }

    private Author author(ClassicMessage message, Session session) {
        return authorOf(visitors.of(session, message.nickname()));
    }

    private static Author authorOf(Visitor who) {
        return Objects.requireNonNull(who.author(), "whoever sends has a name");
    }
}
