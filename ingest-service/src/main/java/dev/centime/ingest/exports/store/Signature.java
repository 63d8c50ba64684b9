package dev.centime.ingest.exports.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to a store: <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">AWS Signature Version
 * 4</a>, in the header {@code Authorization}. It covers the method, the address, the headers and the body, so that nobody on the way can
 * change one, and the moment, so that nobody can send it again much later.
 */
final class Signature {
    static final String BODY_HASH = "x-amz-content-sha256";
    static final String DATE = "x-amz-date";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "s3";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Signature() {}

    /** A moment as the header {@link #DATE} has it. */
    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** What the header {@link #BODY_HASH} says of the first bytes of an array. */
    static String hash(byte[] bytes, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return hex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The value of {@code Authorization}.
     *
     * @param path escaped, as it is sent
     * @param query escaped and in alphabetical order, as it is sent; the empty text for none
     * @param headers those that are sent and shall be covered, by their names in lower case, among them {@code host}, {@link #DATE} and
     *     {@link #BODY_HASH}
     */
    static String of(
            Credentials credentials,
            String region,
            String method,
            String path,
            String query,
            SortedMap<String, String> headers) {
        var moment = Objects.requireNonNull(headers.get(DATE));
        var scope = moment.substring(0, 8) + "/" + region + "/" + SERVICE + "/" + END;
        var names = String.join(";", headers.keySet());
        var request = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining(
                        "", method + "\n" + path + "\n" + query + "\n", "\n" + names + "\n" + headers.get(BODY_HASH)));
        var text = bytes(request);
        var toSign = ALGORITHM + "\n" + moment + "\n" + scope + "\n" + hash(text, text.length);
        return ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ",SignedHeaders=" + names
                + ",Signature=" + hex(hmac(key(credentials, moment.substring(0, 8), region), toSign));
    }

    private static byte[] key(Credentials credentials, String day, String region) {
        var ofDay = hmac(bytes("AWS4" + credentials.secretAccessKey()), day);
        return hmac(hmac(hmac(ofDay, region), SERVICE), END);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
