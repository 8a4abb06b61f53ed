package dev.maru.spring.configurer;

import dev.maru.spring.failure.UnsupportedSettingException;

/**
 * Says at start what of Spring's configuration Maru does not do, where it is asked for.
 *
 * <p>Stateless; safe for any thread.
 */
public final class Unsupported {

    private Unsupported() {}

    /** The exception for this setting; the advice is what to do instead. */
    public static UnsupportedSettingException setting(String what, String advice) {
        return new UnsupportedSettingException(what, advice);
    }
}
