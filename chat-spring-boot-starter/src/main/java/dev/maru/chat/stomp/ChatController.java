package dev.maru.chat.stomp;

import dev.maru.chat.ChatFault;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.TalkRequest;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Session;
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
    private final Messages messages;
    private final RoomAllowance allowance;
    private final People people;
    private final Typing typing;

    ChatController(Messages messages, RoomAllowance allowance, People people, Typing typing) {
        this.messages = messages;
        this.allowance = allowance;
        this.people = people;
        this.typing = typing;
    }

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
        typing.tell(session, message.room(), message.author(session).name());
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
                people.join(session, message.room(), message.author(session).name());
            case LEAVE ->
                people.leave(session, message.room(), message.author(session).name());
            case TALK -> talk(message, session);
        }
    }

    private void talk(ClassicMessage message, Session session) {
        TalkRequest request =
                new TalkRequest(message.room(), message.author(session), message.text(), message.clientMessageId());
        messages.talk(request, allowance.of(session.handshake().remoteAddress()));
    }
}
