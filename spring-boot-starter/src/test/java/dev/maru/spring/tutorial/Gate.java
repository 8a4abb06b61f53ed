package dev.maru.spring.tutorial;

import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Holds up methods until a test opens it. */
@Component
public class Gate {
    private volatile CompletableFuture<Void> opened = new CompletableFuture<>();

    CompletableFuture<Void> opened() {
        return opened;
    }

    public void close() {
        opened = new CompletableFuture<>();
    }

    public void open() {
        opened.complete(null);
    }
}
