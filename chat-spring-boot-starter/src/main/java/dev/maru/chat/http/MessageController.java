package dev.maru.chat.http;

import dev.maru.chat.JsonText;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.MessageJson;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.message.Talked;
import dev.maru.engine.session.SessionUser;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A room's messages over HTTP: pages of them, and one more.
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
@RequestMapping("/api/rooms/{roomId}/messages")
final class MessageController {
    private static final int PAGE_BY_DEFAULT = 50;

    private final Messages messages;
    private final RoomAllowance allowance;

    MessageController(Messages messages, RoomAllowance allowance) {
        this.messages = messages;
        this.allowance = allowance;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<byte[]> page(@PathVariable String roomId, ServerWebExchange exchange) {
        QueryParameters parameters = QueryParameters.of(exchange);
        PageQuery query = new PageQuery(
                roomId,
                parameters.number("before"),
                parameters.number("after"),
                parameters.limit(PAGE_BY_DEFAULT, PageQuery.MAX_LIMIT),
                parameters.text("sender"),
                parameters.time("from"),
                parameters.time("to"));
        return messages.page(query).thenApply(MessagesJson::page);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> talk(
            @PathVariable String roomId, @RequestBody NewMessage message, ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .ofType(SessionUser.class)
                .map(user -> Author.of(user, message.sender()))
                .switchIfEmpty(Mono.fromSupplier(() -> Author.of(null, message.sender())))
                .flatMap(author -> Mono.fromFuture(
                        talk(roomId, author, message, exchange.getRequest().getRemoteAddress())
                                .toCompletableFuture()));
    }

    private CompletionStage<ResponseEntity<byte[]>> talk(
            String roomId, Author author, NewMessage message, @Nullable InetSocketAddress address) {
        String text = Objects.requireNonNullElse(message.message(), "");
        return messages.talk(new TalkRequest(roomId, author, text, message.clientMessageId()), allowance.of(address))
                .thenApply(MessageController::stored);
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
            @JsonText @Nullable String clientMessageId) {}
}
