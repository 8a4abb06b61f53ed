package dev.maru.server;

import dev.maru.server.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** The Maru server, and the commands that look after its data. Without {@code spring.datasource.url} it has no pool. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class MaruApplication {

    public static void main(String[] args) {
        Commands.run(args, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(MaruApplication.class, args));
    }
}
