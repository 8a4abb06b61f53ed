package dev.maru.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

class AccessSettingsTest {

    @Test
    void listensToThisComputerUnlessOpenedOnPurpose() {
        assertThat(AccessMode.of(null)).isEqualTo(AccessMode.THIS_COMPUTER);
        assertThat(AccessMode.of(" ")).isEqualTo(AccessMode.THIS_COMPUTER);
        assertThat(AccessMode.of("OPEN")).isEqualTo(AccessMode.OPEN);
        assertThat(AccessMode.of(" accounts")).isEqualTo(AccessMode.ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "opened", "true"})
    void refusesToStartInAModeThatItDoesNotHave(String mode) {
        assertThatThrownBy(() -> AccessMode.of(mode)).isInstanceOf(FailureAnalyzedException.class);
    }

    @Test
    void refusesAPublicAddressWithoutAHost() {
        assertThatThrownBy(() -> new AccessSettings("open", URI.create("chat.example.org"), List.of()))
                .isInstanceOf(FailureAnalyzedException.class);
    }
}
