package dev.maru.server.account;

import dev.maru.chat.message.Author;
import dev.maru.engine.fault.Refusal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an account's parts may be.
 *
 * <p>Stateless; safe for any thread.
 */
final class AccountRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9가-힣][a-z0-9가-힣._-]{0,31}");
    private static final Pattern ROLE = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
    private static final int MOST_ROLES = 20;
    private static final int SHORTEST_PASSWORD = 8;

    /** What bcrypt looks at; of anything longer it would not see the end. */
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private AccountRules() {}

    /** The name as it is kept: in lower case and NFC. Never refuses: what cannot be a name is that of nobody. */
    static String key(@Nullable String raw) {
        return raw == null
                ? ""
                : Normalizer.normalize(raw.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    static String name(@Nullable String raw) {
        String name = key(raw);
        if (!NAME.matcher(name).matches()) {
            throw invalid("A name is 1 to 32 of a-z, 0-9, Hangul, '.', '_' and '-', and starts with none of the last.");
        }
        return name;
    }

    /** The name for people, which is the account's name where there is no other. */
    static String displayName(@Nullable String raw, String name) {
        return Author.checkName(raw == null || raw.isBlank() ? name : raw);
    }

    /** Equal for display names that people would take for one. */
    static String displayKey(String displayName) {
        return Normalizer.normalize(displayName, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    static String password(@Nullable String raw) {
        if (raw == null
                || raw.codePointCount(0, raw.length()) < SHORTEST_PASSWORD
                || raw.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD_BYTES) {
            throw invalid("A password has at least " + SHORTEST_PASSWORD + " characters and at most "
                    + LONGEST_PASSWORD_BYTES + " bytes of UTF-8.");
        }
        return raw;
    }

    static Set<String> roles(@Nullable Collection<String> raw) {
        Set<String> roles = new TreeSet<>(raw == null ? Set.of() : raw);
        roles.add(Account.USER);
        if (roles.size() > MOST_ROLES
                || !roles.stream().allMatch(role -> ROLE.matcher(role).matches())) {
            throw invalid("Roles are at most " + MOST_ROLES + " words such as ADMIN.");
        }
        return roles;
    }

    private static Refusal invalid(String detail) {
        return new Refusal(AccountFault.INVALID_ACCOUNT, detail);
    }
}
