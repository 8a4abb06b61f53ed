package dev.maru.server;

import dev.maru.server.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The Maru server, and the commands that look after its data. */
@SpringBootApplication
public class MaruApplication {

    public static void main(String[] args) {
        Commands.run(args, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(MaruApplication.class, args));
    }
}
