package dev.centime.ingest.exports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of "Signature Calculations for the Authorization Header" in the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">reference of Amazon S3</a>.
 */
class SignatureTest {
    private static final Credentials CREDENTIALS =
            new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    @Test
    void signsAnObjectThatIsRead() {
        assertThat(signed("GET", "/test.txt", "", "", Map.of("range", "bytes=0-9")))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsAnObjectThatIsWritten() {
        assertThat(signed(
                        "PUT",
                        "/" + Escaped.path("test$file.text"),
                        "",
                        "Welcome to Amazon S3.",
                        Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY")))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void signsQueries() {
        assertThat(signed("GET", "/", "lifecycle=", "", Map.of()))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        assertThat(signed("GET", "/", "max-keys=2&prefix=J", "", Map.of()))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @ParameterizedTest
    @CsvSource({"a b/c+d, a%20b/c%2Bd", "ä€😀, %C3%A4%E2%82%AC%F0%9F%98%80", "-._~*'(), -._~%2A%27%28%29"})
    void escapesWhatTheSignatureWantsEscaped(String text, String escaped) {
        assertThat(Escaped.path(text)).isEqualTo(escaped);
    }

    @Test
    void aSlashStaysInAPathAlone() {
        assertThat(Escaped.value("a/b=c&d")).isEqualTo("a%2Fb%3Dc%26d");
    }

    @Test
    void theSecretStandsInNoText() {
        assertThat(CREDENTIALS.toString()).doesNotContain("wJalr");
    }

    private static String signed(String method, String path, String query, String body, Map<String, String> more) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var headers = new TreeMap<>(more);
        headers.put("host", "examplebucket.s3.amazonaws.com");
        headers.put(Signature.DATE, Signature.moment(Instant.parse("2013-05-24T00:00:00Z")));
        headers.put(Signature.BODY_HASH, Signature.hash(bytes, bytes.length));
        return Signature.of(CREDENTIALS, "us-east-1", method, path, query, headers);
    }
}
