package dev.centime.ingest.exports.store;

import dev.centime.ingest.exports.ExportSettings;
import dev.centime.kit.network.Network;
import dev.centime.kit.network.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which stores may be written to. An organization's administrator names them, so they must not lead to what only this machine or its
 * network can reach. What the operator allows by name of its network may be written to, unencrypted too: it is his own.
 */
@ApplicationScoped
class StoreNetworks {
    private final List<Network> allowed;

    StoreNetworks(ExportSettings settings) {
        this.allowed = settings.allowedNetworks().orElse(List.of()).stream()
                .filter(text -> !text.isBlank())
                .map(Network::of)
                .toList();
    }

    /**
     * Where a bucket is. Waits for the name server; never call it on an event loop.
     *
     * @return the address to connect to, which is the one that was looked at: a second look at the name could lead elsewhere
     * @throws StoreFailure when it must not be written to; passing when there is no such name now
     */
    InetAddress of(BucketAddress bucket) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(bucket.host());
        } catch (UnknownHostException e) {
            throw StoreFailure.passing("there is no host " + bucket.host());
        }
        var own = Arrays.stream(addresses).allMatch(this::isAllowed);
        if (!own && !Arrays.stream(addresses).allMatch(each -> isAllowed(each) || PublicAddress.is(each))) {
            throw StoreFailure.lasting(bucket.host() + " leads to an internal address");
        }
        if (!own && !bucket.encrypted()) {
            throw StoreFailure.lasting("the endpoint must be https");
        }
        return addresses[0];
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.holds(address));
    }
}
