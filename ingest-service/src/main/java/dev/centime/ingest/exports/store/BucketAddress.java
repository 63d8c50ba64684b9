package dev.centime.ingest.exports.store;

import java.net.URI;

/**
 * Where a bucket is.
 *
 * @param endpoint of the store: scheme, host and port
 * @param pathStyle whether the bucket is the beginning of the path, rather than of the host's name
 */
public record BucketAddress(URI endpoint, String region, String bucket, boolean pathStyle) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    boolean encrypted() {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }

    String host() {
        return pathStyle ? endpoint.getHost() : bucket + "." + endpoint.getHost();
    }

    int port() {
        return endpoint.getPort() > 0 ? endpoint.getPort() : usualPort();
    }

    /** As the header {@code Host} has it: the usual port is left out. */
    String authority() {
        return port() == usualPort() ? host() : host() + ":" + port();
    }

    /** Of an object, escaped. */
    String path(String key) {
        return (pathStyle ? "/" + Escaped.path(bucket) : "") + "/" + Escaped.path(key);
    }

    private int usualPort() {
        return encrypted() ? HTTPS_PORT : HTTP_PORT;
    }
}
