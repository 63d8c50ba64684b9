package dev.centime.ingest.exports.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request about an object.
 *
 * @param query escaped and in alphabetical order
 * @param headers besides those that every request has, by their names in lower case
 * @param body of which the first {@code length} bytes are sent
 */
record StoreCall(String method, String key, String query, Map<String, String> headers, byte[] body, int length) {
    private static final byte[] NOTHING = {};

    static StoreCall put(String key, String contentType, byte[] body, int length) {
        return new StoreCall("PUT", key, "", Map.of("content-type", contentType), body, length);
    }

    static StoreCall begin(String key, String contentType) {
        return new StoreCall("POST", key, "uploads=", Map.of("content-type", contentType), NOTHING, 0);
    }

    static StoreCall part(String key, String uploadId, int number, byte[] body, int length) {
        var query = "partNumber=" + number + "&uploadId=" + Escaped.value(uploadId);
        return new StoreCall("PUT", key, query, Map.of(), body, length);
    }

    static StoreCall complete(String key, String uploadId, String parts) {
        var body = parts.getBytes(StandardCharsets.UTF_8);
        return new StoreCall(
                "POST", key, upload(uploadId), Map.of("content-type", "application/xml"), body, body.length);
    }

    static StoreCall abort(String key, String uploadId) {
        return new StoreCall("DELETE", key, upload(uploadId), Map.of(), NOTHING, 0);
    }

    private static String upload(String uploadId) {
        return "uploadId=" + Escaped.value(uploadId);
    }
}
