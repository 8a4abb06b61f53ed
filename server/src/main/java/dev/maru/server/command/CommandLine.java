package dev.maru.server.command;

import dev.maru.chat.autoconfigure.ChatProperties;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The words behind the name of a command: one operand, and options that are flags of the command or properties as the
 * server has them. Immutable; safe for any thread.
 *
 * @param command what is to be done
 * @param arguments everything behind its name, and options before it
 */
record CommandLine(Command command, List<String> arguments) {
    private static final String OPTION = "--";
    private static final String ROWS_AT_A_TIME = "500";

    boolean has(String flag) {
        return arguments.contains(OPTION + flag);
    }

    /** What {@code --seconds} says. */
    Duration seconds(Duration otherwise) {
        String option = OPTION + "seconds=";
        try {
            return arguments.stream()
                    .filter(argument -> argument.startsWith(option))
                    .map(argument -> Duration.ofSeconds(Integer.parseUnsignedInt(argument.substring(option.length()))))
                    .findFirst()
                    .orElse(otherwise);
        } catch (NumberFormatException e) {
            throw CommandFailure.misused("--seconds wants a whole number.");
        }
    }

    /** The one file or folder that the command takes. */
    Path operand() {
        List<String> operands = arguments.stream()
                .filter(argument -> !argument.startsWith(OPTION))
                .toList();
        if (operands.size() != 1) {
            throw CommandFailure.misused("Usage: " + command.usage());
        }
        try {
            return Path.of(operands.getFirst()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw CommandFailure.misused("This is no path: " + operands.getFirst());
        }
    }

    /**
     * The data folder that the server has all its data in. Fails if that is in PostgreSQL, which has tools of its own for
     * what this command does.
     */
    Path embeddedDataFolder() {
        Path folder = dataFolder();
        if (postgres().isPresent()) {
            throw CommandFailure.failed("The data is in PostgreSQL, so use pg_dump and pg_restore for it, and copy "
                    + folder + " for the admin's token and the archive.");
        }
        return folder;
    }

    /** Where the server has its files, by everything that configures it. */
    Path dataFolder() {
        return bind("maru", ChatProperties.class).dataDir().toAbsolutePath().normalize();
    }

    /** The database of the server; empty if it is embedded. */
    Optional<DataSource> postgres() {
        DataSourceProperties settings = bind("spring.datasource", DataSourceProperties.class);
        String url = settings.getUrl();
        if (url == null) {
            return Optional.empty();
        }
        DriverManagerDataSource source = new DriverManagerDataSource(url);
        Properties properties = new Properties();
        properties.setProperty("defaultRowFetchSize", ROWS_AT_A_TIME);
        Optional.ofNullable(settings.getUsername()).ifPresent(name -> properties.setProperty("user", name));
        Optional.ofNullable(settings.getPassword()).ifPresent(word -> properties.setProperty("password", word));
        source.setConnectionProperties(properties);
        return Optional.of(source);
    }

    private <T> T bind(String prefix, Class<T> type) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        try {
            return Binder.get(environment).bindOrCreate(prefix, type);
        } catch (BindException e) {
            throw CommandFailure.failed("The configuration cannot be read: " + e.getMessage());
        }
    }
}
