package dev.maru.conformance;

import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pages with which SockJS's browser tests look whether requests work at all. Stateless; safe for any thread. */
@RestController
@CrossOrigin
class TextController {
    private static final String FIRST = "a".repeat(2048) + "\n";
    private static final String SECOND = "b\n";
    private static final Duration BETWEEN = Duration.ofMillis(250);

    @GetMapping(path = "/simple.txt", produces = MediaType.TEXT_PLAIN_VALUE)
    String simple() {
        return FIRST + SECOND;
    }

    /** The same in two chunks, which a client has to see one after the other. */
    @GetMapping(path = "/streaming.txt", produces = MediaType.TEXT_PLAIN_VALUE)
    Flux<String> streaming() {
        return Flux.concat(
                Flux.just(FIRST), Mono.delay(BETWEEN).map(passed -> SECOND).flux());
    }
}
