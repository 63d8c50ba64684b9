package dev.centime.ingest.command.updatecatalogue;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which addresses belong to the open internet, by IANA's registries of special-purpose addresses (RFC 6890). */
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet4Address ? isPublic(address.getAddress()) : isPublic6(address.getAddress());
    }

    private static boolean isPublic(byte[] bytes) {
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        var third = bytes[2] & 0xff;
        return first != 0
                // Shared by carriers, 100.64.0.0/10.
                && !(first == 100 && second >= 64 && second < 128)
                // Protocol assignments and documentation.
                && !(first == 192 && second == 0 && (third == 0 || third == 2))
                && !(first == 198 && (second == 18 || second == 19 || second == 51 && third == 100))
                && !(first == 203 && second == 0 && third == 113)
                // Reserved, and broadcast.
                && first < 240;
    }

    /** Global unicast, 2000::/3, without the ways in which it carries or stands for others. */
    private static boolean isPublic6(byte[] bytes) {
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        var third = bytes[2] & 0xff;
        var fourth = bytes[3] & 0xff;
        var documentation = first == 0x20 && second == 0x01 && third == 0x0d && fourth == 0xb8;
        var teredo = first == 0x20 && second == 0x01 && third == 0 && fourth == 0;
        var sixToFour = first == 0x20 && second == 0x02;
        return (first & 0xe0) == 0x20 && !documentation && !teredo && !sixToFour;
    }
}
