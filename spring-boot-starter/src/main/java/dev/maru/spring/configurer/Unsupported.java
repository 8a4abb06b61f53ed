package dev.maru.spring.configurer;

/**
 * Says at start what of Spring's configuration Maru does not do, where it is asked for.
 *
 * <p>Stateless; safe for any thread.
 */
final class Unsupported {

    private Unsupported() {}

    /** @param advice what to do instead */
    static UnsupportedOperationException setting(String what, String advice) {
        return new UnsupportedOperationException("Maru does not support " + what + ": " + advice);
    }
}
