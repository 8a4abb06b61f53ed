package dev.maru.chat.http;

import dev.maru.chat.ChatFault;
import dev.maru.chat.JsonText;
import dev.maru.chat.directory.ListedRoom;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.directory.RoomDirectory;
import dev.maru.chat.room.NewRoom;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.presence.Presence.PeopleHere;
import dev.maru.engine.session.SessionUser;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
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
 * Rooms over HTTP: the list, one of them, a new one, and who is there.
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
@RequestMapping("/api/rooms")
final class RoomController {
    private static final int LISTED_BY_DEFAULT = 200;
    private static final int MOST_LISTED = 500;

    private final RoomDirectory directory;
    private final RoomAllowance allowance;

    RoomController(RoomDirectory directory, RoomAllowance allowance) {
        this.directory = directory;
        this.allowance = allowance;
    }

    @GetMapping
    CompletionStage<RoomList> list(ServerWebExchange exchange) {
        int limit = QueryParameters.of(exchange).limit(LISTED_BY_DEFAULT, MOST_LISTED);
        return directory.list(limit).thenApply(RoomList::new);
    }

    @GetMapping("/{roomId}")
    CompletionStage<ListedRoom> find(@PathVariable String roomId) {
        return directory
                .find(roomId)
                .thenApply(room ->
                        room.orElseThrow(() -> new Refusal(ChatFault.UNKNOWN_ROOM, "There is no room with this id.")));
    }

    @GetMapping("/{roomId}/presence")
    CompletionStage<PeopleHere> presence(@PathVariable String roomId) {
        return directory.peopleIn(roomId);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<ListedRoom>> create(
            @RequestBody RoomRequest wanted, @Nullable Principal principal, ServerHttpRequest request) {
        String name = wanted.name() == null ? "" : wanted.name();
        return directory
                .create(new NewRoom(wanted.id(), name, creator(principal)), allowance.of(request.getRemoteAddress()))
                .thenApply(room -> ResponseEntity.created(URI.create("/api/rooms/" + room.id()))
                        .body(room));
    }

    private static String creator(@Nullable Principal principal) {
        return principal instanceof SessionUser user && !user.anonymous() ? "user:" + user.name() : "guest";
    }

    /** What a client says of a new room. */
    record RoomRequest(
            @JsonText @Nullable String id,
            @JsonText @Nullable String name) {}

    /** The answer to a question for rooms. */
    record RoomList(List<ListedRoom> rooms) {}
}
