package dev.centime.kit.network;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the open internet. Not those of IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890),
 * nor those IPv6 addresses that carry an IPv4 one in them.
 */
public final class PublicAddress {
    private static final List<Network> INTERNAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/3",
                    "4000::/2",
                    "8000::/1",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::of)
            .toList();

    private PublicAddress() {}

    /** Whether anybody on the internet could be meant by it, rather than what only this machine or its network can reach. */
    public static boolean is(InetAddress address) {
        return INTERNAL.stream().noneMatch(network -> network.holds(address));
    }
}
