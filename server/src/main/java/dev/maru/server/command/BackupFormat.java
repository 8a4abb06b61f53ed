package dev.maru.server.command;

import java.util.regex.Pattern;

/**
 * What a backup is: a ZIP file whose first entry says so. The entries are named as the files in the data folder are.
 *
 * <p>Stateless; safe for any thread.
 */
final class BackupFormat {
    /** The entry that comes first. */
    static final String MARK = "maru-backup.json";

    /** What stands in it. The number is raised by whoever changes what older versions cannot read. */
    static final String MARK_TEXT = "{\"format\":1}\n";

    /** The folder of the archive, in a backup and in a data folder. */
    static final String ARCHIVE = "archive";

    /** The file of the admin's token. */
    static final String ADMIN_TOKEN = "admin-token";

    private static final Pattern ARCHIVED =
            Pattern.compile("archive/[a-z0-9+_-]{1,128}/[0-9]{4,5}-[0-9]{2}\\.jsonl\\.gz");

    private BackupFormat() {}

    static boolean isArchived(String entry) {
        return ARCHIVED.matcher(entry).matches();
    }
}
