package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import dev.centime.kit.network.Network;
import dev.centime.kit.network.PublicAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses a message may be sent to. An organization's administrator names them, so they must not lead to what only this machine or its
 * network can reach: other services, a cloud's metadata, a router. What the operator allows by name of its network is reachable.
 */
@ApplicationScoped
public class ReachableAddresses {
    private final List<Network> allowed;
    private final NameLookups names;

    @Inject
    public ReachableAddresses(AlertDelivery settings) {
        this(settings, new NameLookups(InetAddress::getAllByName, settings.parallel(), settings.patience()));
    }

    ReachableAddresses(AlertDelivery settings, NameLookups names) {
        this.names = names;
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
     * @throws UnknownHostException when there is no such name, or nobody who knows it answers in time
     */
    InetAddress of(String host) throws UnknownHostException {
        var addresses = names.of(host);
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

    @PreDestroy
    public void close() {
        names.close();
    }

    boolean isInternal(InetAddress address) {
        return !PublicAddress.is(address) && allowed.stream().noneMatch(network -> network.holds(address));
    }
}
