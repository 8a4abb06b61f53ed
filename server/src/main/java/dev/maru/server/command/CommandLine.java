package dev.maru.server.command;

import dev.maru.chat.autoconfigure.ChatProperties;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The words behind the name of a command: one operand, and options that are flags of the command or properties as the
 * server has them. Immutable; safe for any thread.
 *
 * @param command what is to be done
 * @param arguments everything behind its name, and options before it
 */
record CommandLine(Command command, List<String> arguments) {
    private static final String OPTION = "--";

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

    /** Where the server has its data, by everything that configures it. */
    Path dataFolder() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        try {
            return Binder.get(environment)
                    .bindOrCreate("maru", ChatProperties.class)
                    .dataDir()
                    .toAbsolutePath()
                    .normalize();
        } catch (BindException e) {
            throw CommandFailure.failed("The configuration cannot be read: " + e.getMessage());
        }
    }
}
