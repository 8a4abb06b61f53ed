package dev.maru.server.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test class whose methods take {@link Browsers}, and the shared
 * {@link dev.maru.server.support.ServerProcess} if they name it. Where no Chromium is installed the class is skipped,
 * which one line on standard error says; with {@code CI=true} in the environment it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ChromiumExtension.class, SharedServerExtension.class})
public @interface InChromium {}
