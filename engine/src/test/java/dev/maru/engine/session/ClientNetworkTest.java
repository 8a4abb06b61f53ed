package dev.maru.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {

    @Test
    void knowsAnIpv6ClientByItsFirst64Bits() throws UnknownHostException {
        assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(of("2001:db8:1:2::1")).isNotEqualTo(of("2001:db8:1:3::1"));
        assertThat(of("fe80::1%1")).isEqualTo(of("fe80::1%2"));
    }

    @Test
    void knowsAnIpv4ClientByItsAddressHoweverItIsWritten() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
        assertThat(ClientNetwork.of(Inet6Address.getByAddress(null, mapped, -1)))
                .isEqualTo(of("192.0.2.1"))
                .isNotEqualTo(of("192.0.2.2"));
    }

    @Test
    void takesAllThatHaveNoAddressForOne() {
        assertThat(ClientNetwork.of((InetAddress) null))
                .isEqualTo(ClientNetwork.of(InetSocketAddress.createUnresolved("client.example", 1)));
    }

    private static ClientNetwork of(String address) throws UnknownHostException {
        return ClientNetwork.of(InetAddress.getByName(address));
    }
}
