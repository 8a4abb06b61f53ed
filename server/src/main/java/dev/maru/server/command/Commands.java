package dev.maru.server.command;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;

/**
 * What the jar is asked to do: a word that is no option is the name of a command, and without one it is the server.
 *
 * <p>Stateless; safe for any thread. Blocks until the command is done.
 */
public final class Commands {
    private static final List<String> HELP = List.of("help", "--help", "-h");

    private Commands() {}

    /**
     * Does what the arguments ask for, if that is not to serve.
     *
     * @return the exit code: 0 done, 1 failed, 2 not understood; empty if the server is to be started
     */
    public static OptionalInt run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> rest = new ArrayList<>(Arrays.asList(arguments));
        Optional<String> word = rest.stream()
                .filter(argument -> !argument.startsWith("--") || HELP.contains(argument))
                .findFirst();
        if (word.isEmpty()) {
            return OptionalInt.empty();
        }
        rest.remove(word.get());
        try {
            out.println(answer(word.get(), rest));
            return OptionalInt.of(0);
        } catch (CommandFailure e) {
            err.println(e.getMessage());
            return OptionalInt.of(e.exitCode());
        } catch (LogUnavailableException e) {
            err.println("This failed: %s (%s).".formatted(e.getMessage(), reason(e.getCause())));
            return OptionalInt.of(CommandFailure.FAILED);
        } catch (UncheckedIOException e) {
            err.println("This failed: " + reason(e.getCause()));
            return OptionalInt.of(CommandFailure.FAILED);
        }
    }

    private static String answer(String word, List<String> rest) {
        if (HELP.contains(word)) {
            return help(rest);
        }
        Command command = Command.named(word)
                .orElseThrow(() -> CommandFailure.misused(
                        "There is no command '" + word + "'; java -jar maru.jar --help has the list."));
        if (rest.stream().anyMatch(HELP::contains)) {
            return help(command);
        }
        LoggingSystem.get(Commands.class.getClassLoader()).beforeInitialize();
        return command.run(new CommandLine(command, List.copyOf(rest)));
    }

    private static String reason(@Nullable Throwable cause) {
        return cause != null && cause.getClass() == IOException.class
                ? String.valueOf(cause.getMessage())
                : String.valueOf(cause);
    }

    private static String help(List<String> rest) {
        return rest.stream()
                .flatMap(word -> Command.named(word).stream())
                .findFirst()
                .map(Commands::help)
                .orElseGet(Commands::help);
    }

    private static String help(Command command) {
        return command.usage() + System.lineSeparator().repeat(2) + command.explanation()
                + System.lineSeparator().repeat(2)
                + "Where the data is, is found as the server finds it: --maru.data-dir=..., MARU_DATA_DIR,\n"
                + "application.properties, or else ./data.";
    }

    private static String help() {
        String commands = Arrays.stream(Command.values()).map(Command::summary).collect(Collectors.joining("\n"));
        return """
                java -jar maru.jar [--property=value ...]
                  starts the server

                java -jar maru.jar <command> [--help]
                """ + commands;
    }
}
