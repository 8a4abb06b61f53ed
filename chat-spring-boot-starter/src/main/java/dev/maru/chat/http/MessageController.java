package dev.maru.chat.http;

import dev.maru.chat.JsonText;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.client.TalkDesk;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.MessageJson;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.message.Talked;
import dev.maru.chat.moderation.HeldOutcome;
import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * A room's messages over HTTP: pages of them, and one more.
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
@RequestMapping("${maru.chat.http.path:/api}/rooms/{roomId}/messages")
final class MessageController {
    private static final int PAGE_BY_DEFAULT = 50;

    private final Messages messages;
    private final TalkDesk desk;
    private final HttpVisitors visitors;
    private final RoomAllowance allowance;

    MessageController(Messages messages, TalkDesk desk, HttpVisitors visitors, RoomAllowance allowance) {
        this.messages = messages;
        this.desk = desk;
        this.visitors = visitors;
        this.allowance = allowance;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<byte[]> page(@PathVariable String roomId, @Nullable Principal user, ServerWebExchange exchange) {
        QueryParameters parameters = QueryParameters.of(exchange);
        PageQuery query = new PageQuery(
                roomId,
                parameters.number("before"),
                parameters.number("after"),
                parameters.limit(PAGE_BY_DEFAULT, PageQuery.MAX_LIMIT),
                parameters.text("sender"),
                parameters.time("from"),
                parameters.time("to"));
        return visitors.permitted(user, RoomAction.READ, roomId)
                .thenCompose(_ -> messages.page(query))
                .thenApply(MessagesJson::page);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<byte[]>> talk(
            @PathVariable String roomId,
            @RequestBody NewMessage message,
            @Nullable Principal user,
            ServerHttpRequest request) {
        String nickname = Objects.requireNonNullElse(message.sender(), "");
        return visitors.of(user, nickname)
                .thenCompose(who -> desk.submit(
                        who,
                        message.in(roomId, Objects.requireNonNull(who.author())),
                        allowance.of(request.getRemoteAddress())))
                .thenApply(MessageController::answer);
    }

    /** What is held has no place among the messages yet. */
    private static ResponseEntity<byte[]> answer(HeldOutcome outcome) {
        Talked talked = outcome.talked();
        return talked == null ? ResponseEntity.accepted().build() : stored(talked);
    }

    private static ResponseEntity<byte[]> stored(Talked talked) {
        return ResponseEntity.status(talked.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(MessageJson.full(talked.message()));
    }

    /** What a client says of a new message. */
    record NewMessage(
            @JsonText @Nullable String message,
            @JsonText @Nullable String sender,
            @JsonText @Nullable String clientMessageId) {

        TalkRequest in(String roomId, Author author) {
            return new TalkRequest(roomId, author, Objects.requireNonNullElse(message, ""), clientMessageId);
        }
    }
}
