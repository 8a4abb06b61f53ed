package dev.maru.chat.http;

import dev.maru.chat.ChatFault;
import dev.maru.chat.JsonText;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.directory.ListedRoom;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.directory.RoomDirectory;
import dev.maru.chat.room.NewRoom;
import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.presence.Presence.PeopleHere;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.UUID;
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
@RequestMapping("${maru.chat.http.path:/api}/rooms")
final class RoomController {
    private static final int LISTED_BY_DEFAULT = 200;
    private static final int MOST_LISTED = 500;

    private final RoomDirectory directory;
    private final HttpVisitors visitors;
    private final RoomAllowance allowance;

    RoomController(RoomDirectory directory, HttpVisitors visitors, RoomAllowance allowance) {
        this.directory = directory;
        this.visitors = visitors;
        this.allowance = allowance;
    }

    @GetMapping
    CompletionStage<RoomList> list(@Nullable Principal user, ServerWebExchange exchange) {
        int limit = QueryParameters.of(exchange).limit(LISTED_BY_DEFAULT, MOST_LISTED);
        return visitors.of(user)
                .thenCompose(who -> directory
                        .list(limit)
                        .thenCompose(rooms -> visitors.permits().known(who, rooms)))
                .thenApply(RoomList::new);
    }

    @GetMapping("/{roomId}")
    CompletionStage<ListedRoom> find(@PathVariable String roomId, @Nullable Principal user) {
        return visitors.permitted(user, RoomAction.ENTER, roomId)
                .thenCompose(_ -> directory.find(roomId))
                .thenApply(room ->
                        room.orElseThrow(() -> new Refusal(ChatFault.UNKNOWN_ROOM, "There is no room with this id.")));
    }

    @GetMapping("/{roomId}/presence")
    CompletionStage<PeopleHere> presence(@PathVariable String roomId, @Nullable Principal user) {
        return visitors.permitted(user, RoomAction.READ, roomId).thenCompose(_ -> directory.peopleIn(roomId));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<ListedRoom>> create(
            @RequestBody RoomRequest wanted, @Nullable Principal user, ServerHttpRequest request) {
        String id = wanted.id() == null ? UUID.randomUUID().toString() : wanted.id();
        String name = wanted.name() == null ? "" : wanted.name();
        RoomCreationLimit limit = allowance.of(request.getRemoteAddress());
        return visitors.permitted(user, RoomAction.CREATE, id)
                .thenCompose(who -> directory.create(new NewRoom(id, name, creator(who)), limit))
                .thenApply(room ->
                        ResponseEntity.created(locationOf(request, room)).body(room));
    }

    private static URI locationOf(ServerHttpRequest request, ListedRoom room) {
        return URI.create(request.getPath().value() + "/" + room.id());
    }

    private static String creator(Visitor who) {
        return who.author() == null ? "guest" : who.author().id();
    }

    /** What a client says of a new room. */
    record RoomRequest(
            @JsonText @Nullable String id,
            @JsonText @Nullable String name) {}

    /** The answer to a question for rooms. */
    record RoomList(List<ListedRoom> rooms) {}
}
