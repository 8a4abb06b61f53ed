package dev.maru.chat.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.cluster.Cluster;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoomAllowanceTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RoomAllowance allowance = new RoomAllowance(2, () -> now, Cluster.alone());

    @Test
    void letsAnAddressMakeSomeRoomsInAnHour() {
        assertThat(tryCreate("192.0.2.1")).isTrue();
        assertThat(tryCreate("192.0.2.1")).isTrue();
        assertThat(tryCreate("192.0.2.1")).isFalse();
        now = now.plusSeconds(3600);
        assertThat(tryCreate("192.0.2.1")).isTrue();
    }

    @Test
    void countsAddressesApart() {
        assertThat(tryCreate("192.0.2.1")).isTrue();
        assertThat(tryCreate("192.0.2.1")).isTrue();
        assertThat(tryCreate("192.0.2.2")).isTrue();
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        assertThat(tryCreate("2001:db8:1:1::1")).isTrue();
        assertThat(tryCreate("2001:db8:1:1::2")).isTrue();
        assertThat(tryCreate("2001:db8:1:1:ffff::3")).isFalse();
        assertThat(tryCreate("2001:db8:1:2::1")).isTrue();
    }

    @Test
    void forgetsNoAddressThatIsStillCountedUntilThereAreTenThousandOthers() {
        tryCreate("192.0.2.1");
        tryCreate("192.0.2.1");
        for (int i = 0; i < 9_999; i++) {
            tryCreate("10.0." + i / 256 + "." + i % 256);
        }
        assertThat(tryCreate("192.0.2.1")).isFalse();
        for (int i = 0; i < 10_000; i++) {
            tryCreate("10.1." + i / 256 + "." + i % 256);
        }
        assertThat(tryCreate("192.0.2.1")).isTrue();
    }

    private boolean tryCreate(String address) {
        return allowance.of(new InetSocketAddress(address, 1)).tryCreate();
    }
}
