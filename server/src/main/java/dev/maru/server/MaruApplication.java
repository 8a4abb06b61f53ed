package dev.maru.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The Maru server. */
@SpringBootApplication
public class MaruApplication {

    public static void main(String[] args) {
        SpringApplication.run(MaruApplication.class, args);
    }
}
