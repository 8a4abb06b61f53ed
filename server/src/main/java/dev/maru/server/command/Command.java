package dev.maru.server.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The commands of the jar. Immutable; safe for any thread. */
enum Command {
    BACKUP("backup", "<file>", "Writes all data to one file. The server may be running.", """
            Writes everything in the data folder to one file, as it is at one moment: rooms, messages, the search index,
            queues, accounts, tokens and keys, the archive and the admin's token. The server may be running. The file must
            not be there yet; only its owner can read it. For a moment it takes twice its room.""") {
        @Override
        String run(CommandLine line) {
            return new Backup(line.embeddedDataFolder()).write(line.operand());
        }
    },
    RESTORE("restore", "<file>", "Makes the data folder what a backup has.", """
            Makes the data folder what the backup has, under a new epoch: clients that were connected before are told to
            load their rooms afresh. The server must not be running on that folder, and the folder must be empty.

              --replace   moves what is in the folder to a folder replaced-<time> in it""") {
        @Override
        String run(CommandLine line) {
            return new Restore(line.embeddedDataFolder(), line.has("replace")).read(line.operand());
        }
    },
    EXPORT("export", "<folder>", "Writes all rooms and messages as JSON Lines. The server may be running.", """
            Writes rooms.jsonl, and messages/<room>.jsonl with all messages of each room in their order, those of the
            archive included, as they are at one moment. The server may be running. The folder must be empty or not be
            there; only its owner can read what is written. Upper case in a room's id is written as + and lower case in
            the name of its file.""") {
        @Override
        String run(CommandLine line) {
            return new Export(line.dataFolder(), line.postgres()).write(line.operand());
        }
    },
    PREPARE("prepare", "<folder>", "Unpacks the server into a folder, from which it starts faster.", """
            Unpacks the jar into the folder, starts the server there on data of its own, and keeps it busy for a while. Java
            writes down what it has learnt, and the server that is started as this command says at its end starts faster and
            is sooner as fast as it can be. The folder must be empty or not be there. To be done again with another Java or
            another jar; and give this command's Java the options, such as -Xmx, that the server's is to have.

              --seconds=30   how long it is kept busy""") {
        @Override
        String run(CommandLine line) {
            return new Prepare(line.operand(), line.seconds(REHEARSAL)).run();
        }
    };

    private static final Duration REHEARSAL = Duration.ofSeconds(30);

    private final String word;
    private final String operand;
    private final String summary;
    private final String explanation;

    Command(String word, String operand, String summary, String explanation) {
        this.word = word;
        this.operand = operand;
        this.summary = summary;
        this.explanation = explanation;
    }

    static Optional<Command> named(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word.equals(word))
                .findFirst();
    }

    /** Does it and returns what to say of it. Throws a {@link CommandFailure}. */
    abstract String run(CommandLine line);

    String usage() {
        return "java -jar maru.jar " + word + " " + operand;
    }

    /** One line for the list of commands. */
    String summary() {
        return "  %-8s %-9s %s".formatted(word, operand, summary);
    }

    String explanation() {
        return explanation;
    }
}
