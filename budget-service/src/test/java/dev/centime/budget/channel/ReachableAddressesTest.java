package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.Configured;
import dev.centime.kit.network.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableAddressesTest {
    private final ReachableAddresses addresses = new ReachableAddresses(Configured.with(Map.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.1.2",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:7f00:1::"
            })
    void isInternal(String address) throws UnknownHostException {
        assertThat(addresses.isInternal(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "99.255.0.1", "2606:4700::1111", "2a00::1"
            })
    void isPublic(String address) throws UnknownHostException {
        assertThat(addresses.isInternal(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://2130706433/",
                "http://localhost/",
                "http://a.localhost/",
                "http://[::1]:80/",
                "http://[::ffff:10.0.0.1]/",
                "http://169.254.169.254/latest/meta-data"
            })
    void seesAnInternalHostInAnAddress(String url) {
        assertThat(addresses.isInternalLiteral(url)).isTrue();
    }

    @Test
    void refusesANameThatLeadsInside() {
        assertThatThrownBy(() -> addresses.of("localhost"))
                .isInstanceOf(ReachableAddresses.Unreachable.class)
                .hasMessageContaining("internal");
        assertThat(addresses.isInternalLiteral("https://hooks.example.com/x")).isFalse();
    }

    @Test
    void whatTheOperatorAllowsIsReachable_andNothingElse() throws UnknownHostException {
        var some = new ReachableAddresses(
                Configured.with(Map.of("allowed-networks", "127.0.0.0/8, 10.1.2.0/24,fd00::/8")));
        assertThat(some.isInternal(InetAddress.getByName("127.0.0.1"))).isFalse();
        assertThat(some.isInternal(InetAddress.getByName("10.1.2.255"))).isFalse();
        assertThat(some.isInternal(InetAddress.getByName("10.1.3.0"))).isTrue();
        assertThat(some.isInternal(InetAddress.getByName("fd12::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "example.com/8", "10.0.0.0/x", "1.2.3.4.5"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.of(text));
    }
}
