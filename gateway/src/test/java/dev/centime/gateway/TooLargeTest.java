package dev.centime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that turn out too large while they come, from senders who read the answer only when they are done. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class TooLargeTest {
    private static final int MB = 1 << 20;

    /** What may be sent in vain, and what connections may hold on the way. */
    private static final int CUT_OFF = (16 + 64 + 64) * MB;

    @TestHTTPResource("/")
    URI gateway;

    @ParameterizedTest
    @ValueSource(ints = {17, 60})
    void answers413_whenTheSenderIsDone(int megabytes) throws IOException {
        try (var sender = begin()) {
            send(sender, megabytes * MB);
            sender.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = sender.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void cutsOff_whoNeverEnds() throws IOException {
        try (var sender = begin()) {
            assertThatThrownBy(() -> send(sender, CUT_OFF)).isInstanceOf(IOException.class);
        }
    }

    private Socket begin() throws IOException {
        var sender = new Socket(gateway.getHost(), gateway.getPort());
        sender.setSoTimeout(120_000);
        sender.getOutputStream().write("""
                        POST /api/v1/usage HTTP/1.1
                        Host: gateway
                        Authorization: Bearer %s
                        Content-Type: application/json
                        Transfer-Encoding: chunked

                        """.formatted(GatewayInstance.ADMIN_KEY)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return sender;
    }

    private static void send(Socket sender, int bytes) throws IOException {
        var out = sender.getOutputStream();
        var piece = " ".repeat(MB) + "\r\n";
        var chunk = (Integer.toHexString(MB) + "\r\n" + piece).getBytes(StandardCharsets.US_ASCII);
        for (var sent = 0; sent < bytes; sent += MB) {
            out.write(chunk);
        }
    }
}
