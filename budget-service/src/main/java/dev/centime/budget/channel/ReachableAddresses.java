package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which addresses a message may be sent to. An organization's administrator names them, so they must not lead to what only this machine or its
 * network can reach: other services, a cloud's metadata, a router. What the operator allows by name of its network is reachable.
 *
 * <p>Networks that are not the public internet's: IANA's registries of special-purpose addresses for IPv4 and IPv6, with those IPv6
 * addresses that carry an IPv4 one in them.
 */
@ApplicationScoped
public class ReachableAddresses {
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

    private final List<Network> allowed;

    public ReachableAddresses(AlertDelivery settings) {
        this.allowed = settings.allowedNetworks().orElse(List.of()).stream()
                .filter(text -> !text.isBlank())
                .map(Network::of)
                .toList();
    }

    /** An address is not to be written to; says which, for whoever reads why a message did not arrive. */
    public static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(String reason) {
            super(reason, null, false, false);
        }
    }

    /**
     * Where a name leads. Waits for the name server; never call it on an event loop.
     *
     * @return the address to connect to, which is the one that was looked at: a second look at the name could lead elsewhere
     * @throws Unreachable when any address of that name is internal
     * @throws UnknownHostException when there is no such name
     */
    InetAddress of(String host) throws UnknownHostException {
        var addresses = InetAddress.getAllByName(host);
        for (var address : addresses) {
            if (isInternal(address)) {
                throw new Unreachable(host + " leads to an internal address");
            }
        }
        return addresses[0];
    }

    /** Whether an address names an internal host so that no name server need be asked. */
    public boolean isInternalLiteral(String url) {
        var host = URI.create(url).getHost();
        var name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return isInternal(InetAddress.getLoopbackAddress());
        }
        if (!name.startsWith("[") && !name.matches("[0-9.]+")) {
            return false;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(name)).anyMatch(this::isInternal);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    boolean isInternal(InetAddress address) {
        var bytes = address.getAddress();
        return INTERNAL.stream().anyMatch(network -> network.holds(bytes))
                && allowed.stream().noneMatch(network -> network.holds(bytes));
    }
}
