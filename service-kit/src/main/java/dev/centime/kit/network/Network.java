package dev.centime.kit.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that begin with the same bits.
 *
 * @param bytes length of an address, 4 or 16
 */
public record Network(int bytes, BigInteger prefix, int bits) {

    /** @param text as {@code 10.0.0.0/8}, or one address. @throws IllegalArgumentException when it is neither */
    public static Network of(String text) {
        var slash = text.indexOf('/');
        var address = (slash < 0 ? text : text.substring(0, slash)).strip();
        // Letters of a name would be looked up.
        if (!address.matches("[0-9a-fA-F:.]+")) {
            throw new IllegalArgumentException("no network: " + text);
        }
        try {
            var bytes = InetAddress.getByName(address).getAddress();
            var bits = slash < 0
                    ? bytes.length * 8
                    : Integer.parseInt(text.substring(slash + 1).strip());
            if (bits < 0 || bits > bytes.length * 8) {
                throw new IllegalArgumentException("no network: " + text);
            }
            return new Network(bytes.length, prefixOf(bytes, bits), bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("no network: " + text, e);
        }
    }

    public boolean holds(InetAddress address) {
        var given = address.getAddress();
        return given.length == bytes && prefixOf(given, bits).equals(prefix);
    }

    private static BigInteger prefixOf(byte[] address, int bits) {
        return new BigInteger(1, address).shiftRight(address.length * 8 - bits);
    }
}
